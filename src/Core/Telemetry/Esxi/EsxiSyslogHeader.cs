using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Takes the syslog envelopes off an ESXi line: a priority, the RFC 3164 header of a relay, the ISO header of the host
/// (with or without RFC 5424's version and fields), each of them there or not.
/// </summary>
internal static class EsxiSyslogHeader
{
    /// <summary>Bytes of a priority with its brackets. ESXi writes ones beyond 191 too.</summary>
    private const int MaxPriorityLength = 6;

    /// <summary>Bytes of <c>Jan  1 12:34:56</c>.</summary>
    public const int BsdTimeLength = 15;

    /// <summary>Reads the envelopes; what is left is the header's text.</summary>
    /// <param name="line">The line.</param>
    /// <param name="header">Takes time, host and text.</param>
    /// <param name="isNew">RFC 5424's fields follow.</param>
    /// <returns>Whether a time was found.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, ref EsxiHeader header, out bool isNew)
    {
        ReadOnlySpan<byte> rest = AfterPriority(line, out bool hasPriority);
        isNew = hasPriority && rest.StartsWith("1 "u8);
        rest = isNew ? rest[2..] : rest.TrimStart((byte)' ');
        if (IsBsdTime(rest))
        {
            header.Time = rest[..BsdTimeLength];
            rest = rest[BsdTimeLength..].TrimStart((byte)' ');
            header.Host = EsxiText.Token(ref rest);
        }

        if (IsIsoTime(rest))
        {
            header.Time = EsxiText.Token(ref rest);
        }

        header.Text = rest;
        return !header.Time.IsEmpty;
    }

    /// <summary>Whether it is a line of vobd's own file: <c>TIME: [GenericCorrelator] 123456us: [vob.user.…] text</c>.</summary>
    public static bool IsObserver(ref EsxiHeader header)
    {
        header.IsCertain = header.Time is [.., (byte)':'] && header.Text is [(byte)'[', ..] && header.Text.IndexOf("us: ["u8) > 0;
        if (header.IsCertain)
        {
            header.Time = header.Time[..^1];
            header.Program = "vobd"u8;
            header.BeginsAnew = true;
        }

        return header.IsCertain;
    }

    /// <summary>Whether a text begins <c>2024-03-26T04:31:17</c>.</summary>
    public static bool IsIsoTime(ReadOnlySpan<byte> text) =>
        text.Length > 19 && text[4] == (byte)'-' && text[7] == (byte)'-' && text[10] == (byte)'T' && text[13] == (byte)':'
        && text[16] == (byte)':' && text[0] is (byte)'1' or (byte)'2';

    /// <summary>The text behind the priority, where there is one.</summary>
    public static ReadOnlySpan<byte> AfterPriority(ReadOnlySpan<byte> line, out bool hasPriority)
    {
        int close = line is [(byte)'<', ..] ? line[..Math.Min(line.Length, MaxPriorityLength)].IndexOf((byte)'>') : -1;
        hasPriority = close > 1 && line[1..close].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return hasPriority ? line[(close + 1)..] : line;
    }

    /// <summary>Whether a text begins with <c>Jan  1 12:34:56</c> and a blank.</summary>
    public static bool IsBsdTime(ReadOnlySpan<byte> text) =>
        text.Length > BsdTimeLength && text[3] == (byte)' ' && text[6] == (byte)' ' && text[9] == (byte)':' && text[12] == (byte)':'
        && text[BsdTimeLength] == (byte)' ' && EnglishMonths.At(text) > 0;
}
