namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Tells most lines of other systems' daemons at a glance: any line of syslog may be VMware's until its program is known.
/// </summary>
internal static class EsxiGlance
{
    /// <summary>
    /// Whether a line is a time, a host, a program with its colon that VMware's products do not have, and a message that begins without
    /// anything that they put before theirs. <see cref="EsxiHeaderReader"/> reads no header of such a line; of others it may or may not.
    /// </summary>
    public static bool IsOthers(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = EsxiSyslogHeader.AfterPriority(line, out _);
        int time = EsxiSyslogHeader.IsBsdTime(rest) && IsDigit(rest[EsxiSyslogHeader.BsdTimeLength - 1]) ? EsxiSyslogHeader.BsdTimeLength
            : EsxiSyslogHeader.IsIsoTime(rest) ? rest.IndexOf((byte)' ')
            : 0;
        if (time < EsxiSyslogHeader.BsdTimeLength || rest[time - 1] == (byte)':')
        {
            return false;
        }

        bool isHosts = EsxiHeaderReader.HostsOwnTime(rest[..time]);
        rest = rest[(time + 1)..];
        int host = rest.IndexOf((byte)' ');
        if (host < 1 || !IsWord(rest[..host]) || rest[host - 1] == (byte)':' || EsxiText.IsSeverity(rest[..host]))
        {
            return false;
        }

        rest = rest[(host + 1)..];
        int tag = rest.IndexOf((byte)' ');
        if (tag < 2 || !IsWord(rest[..tag]) || rest[tag - 1] != (byte)':')
        {
            return false;
        }

        EsxiText.SplitTag(rest[..tag], out ReadOnlySpan<byte> program, out _);
        return !EsxiPrograms.IsKnown(program) && !(isHosts && EsxiPrograms.IsShared(program))
            && IsMessage(rest[(tag + 1)..]);
    }

    /// <summary>Whether a word is no second time, no severity with its number, no bracket, no arrow and no processor.</summary>
    private static bool IsWord(ReadOnlySpan<byte> word) => word[0] is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z')
        && !(word.Length > 2 && word[2] == (byte)'(') && !word.StartsWith("cpu"u8);

    /// <summary>
    /// Whether a message begins with a letter, and with no severity and no processor, or with a bracket that holds nothing of VMware's: the
    /// kernel's of Linux holds the seconds since its start.
    /// </summary>
    private static bool IsMessage(ReadOnlySpan<byte> message)
    {
        if (message is [(byte)'[', ..])
        {
            ReadOnlySpan<byte> inside = message[1..];
            inside = inside[..Math.Max(inside.IndexOf((byte)']'), 0)];
            return !EsxiHeaderReader.IsThread(EsxiText.Token(ref inside)) && !EsxiHeaderReader.IsOriginator(message);
        }

        if (message is not [(byte)'(' or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z'), ..])
        {
            return false;
        }

        ReadOnlySpan<byte> rest = message;
        return !message.StartsWith("cpu"u8) && !EsxiText.IsSeverity(EsxiText.Token(ref rest));
    }

    private static bool IsDigit(byte letter) => letter is >= (byte)'0' and <= (byte)'9';
}
