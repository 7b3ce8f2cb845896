using System.Buffers;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Reads the header of an ESXi or vCenter line. The shapes, by version: 4.x <c>[2011-04-01 15:14:34.203 F5A5AB90 info 'vm' …] text</c>;
/// 5.x <c>TIME [7F03ECE76700 verbose 'Default' …] text</c>; 6.x and 7.x <c>TIME info hostd[2099656] [Originator@6876 …] text</c>;
/// 8.x <c>TIME In(166) Hostd[2098914]: [Originator@6876 …] text</c>; vCenter 9 <c>TIME INFO vpxd 20973 [Originator@4413 …] text</c>;
/// the kernel's <c>TIME cpu7:2097868)text</c>; each behind any of the envelopes of <see cref="EsxiSyslogHeader"/>.
/// </summary>
/// <remarks>Source of the shapes: the log formats of lnav (esxi, vpxd), and lines in the tests of several log parsers.</remarks>
internal static class EsxiHeaderReader
{
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    private static ReadOnlySpan<byte> Arrow => "-->"u8;

    /// <summary>Reads a header; false where the line is not VMware's.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out EsxiHeader header)
    {
        header = default;
        if (line.StartsWith(Arrow))
        {
            ReadMessage(line, ref header);
            return true;
        }

        if (line is [(byte)'[', ..])
        {
            return TryOld(line, ref header);
        }

        if (!EsxiSyslogHeader.TryRead(line, ref header, out bool isNew))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = header.Text;
        bool isHosts = HostsOwnTime(header.Time);
        if (isNew || EsxiSyslogHeader.IsObserver(ref header))
        {
            return !isNew || TryNew(rest, ref header);
        }

        if (!ReadBody(rest, ref header, mayHaveHost: true))
        {
            return false;
        }

        return header.IsCertain || EsxiPrograms.IsKnown(header.Program) || (isHosts && EsxiPrograms.IsShared(header.Program));
    }

    /// <summary>Reads what a row holds of a line, which may begin with severity and program; false where it is not VMware's.</summary>
    public static bool TryReadText(ReadOnlySpan<byte> text, ReadOnlySpan<byte> program, ref EsxiHeader header)
    {
        header.Program = program;
        ReadMessage(text, ref header);
        return header.IsCertain || EsxiPrograms.IsKnown(program);
    }

    /// <summary>4.x: the whole header in brackets, and a local time without a zone.</summary>
    private static bool TryOld(ReadOnlySpan<byte> line, ref EsxiHeader header)
    {
        int close = line.IndexOf((byte)']');
        if (close < 24 || line.Length < 30 || line[5] != (byte)'-' || line[8] != (byte)'-' || line[11] != (byte)' ' || line[14] != (byte)':'
            || line[20] is not ((byte)'.' or (byte)','))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[24..close].TrimStart((byte)' ');
        header.Time = line[1..24];
        header.Thread = EsxiText.Token(ref rest);
        header.IsCertain = EsxiText.IsSeverity(EsxiText.Token(ref rest)) && IsThread(header.Thread);
        header.Program = "-"u8;
        header.Text = line[(close + 1)..].TrimStart((byte)' ');
        return header.IsCertain;
    }

    /// <summary>RFC 5424: host, program, process, message id and structured data, then the text.</summary>
    private static bool TryNew(ReadOnlySpan<byte> rest, ref EsxiHeader header)
    {
        header.Host = EsxiText.Token(ref rest);
        header.Program = EsxiText.Token(ref rest);
        header.Thread = EsxiText.Token(ref rest);
        EsxiText.Token(ref rest);
        header.IsCertain = IsOriginator(rest);
        if (!header.IsCertain && rest is [(byte)'-', (byte)' ', ..])
        {
            rest = rest[2..].TrimStart((byte)' ');
        }

        ReadOnlySpan<byte> program = header.Program;
        ReadMessage(rest, ref header);
        // A program that other systems have too is VMware's only in a host's own file: forwarded like this, it is as likely Linux's.
        return header.IsCertain || EsxiPrograms.IsKnown(program);
    }

    /// <summary>Reads what follows the time: a severity and a program in one of their shapes, a host before them or not.</summary>
    private static bool ReadBody(ReadOnlySpan<byte> rest, ref EsxiHeader header, bool mayHaveHost)
    {
        if (EsxiText.Mark(rest, out bool continues) is > 0 and var mark)
        {
            header.IsCertain = true;
            header.IsContinuation = continues;
            rest = rest[mark..].TrimStart((byte)' ');
            if (rest.StartsWith("cpu"u8))
            {
                return Kernel(rest, ref header);
            }

            EsxiText.SplitTag(EsxiText.Token(ref rest), out header.Program, out header.Thread);
            ReadMessage(rest, ref header);
            return true;
        }

        ReadOnlySpan<byte> after = rest;
        ReadOnlySpan<byte> word = EsxiText.Token(ref after);
        if (word.IsEmpty)
        {
            return false;
        }

        if (word[0] == (byte)'[')
        {
            return Five(rest, ref header);
        }

        if (EsxiText.IsSeverity(word) && IsProgramNext(after))
        {
            ReadMessage(rest, ref header);
            return !header.Program.IsEmpty;
        }

        if (word.StartsWith("cpu"u8) && Kernel(rest, ref header))
        {
            return true;
        }

        // A program ends in a colon, or a colon stands alone behind it; the host before it does not.
        if (word[^1] == (byte)':' || after.StartsWith(": "u8))
        {
            EsxiText.SplitTag(word, out header.Program, out header.Thread);
            ReadMessage(after.TrimStart(": "u8), ref header);
            return true;
        }

        if (word.StartsWith(Arrow))
        {
            ReadMessage(rest, ref header);
            return true;
        }

        if (!mayHaveHost)
        {
            return false;
        }

        header.Host = word;
        return ReadBody(after, ref header, mayHaveHost: false);
    }

    /// <summary>5.x: thread, severity and section in brackets; nothing is taken where it is another bracket.</summary>
    private static bool Five(ReadOnlySpan<byte> rest, ref EsxiHeader header)
    {
        int close = rest.IndexOf((byte)']');
        ReadOnlySpan<byte> inside = close < 0 ? default : rest[1..close];
        ReadOnlySpan<byte> thread = EsxiText.Token(ref inside);
        if (!IsThread(thread) || !EsxiText.IsSeverity(EsxiText.Token(ref inside)))
        {
            return false;
        }

        header.IsCertain = true;
        header.Thread = thread;
        header.Program = header.Program.IsEmpty ? "-"u8 : header.Program;
        header.Text = rest[(close + 1)..].TrimStart((byte)' ');
        return true;
    }

    /// <summary><c>cpu31:1001392590 opID=827cfaf)text</c>.</summary>
    private static bool Kernel(ReadOnlySpan<byte> rest, ref EsxiHeader header)
    {
        int close = rest.IndexOf((byte)')');
        int colon = rest.IndexOf((byte)':');
        if (close < 0 || colon is < 4 || colon > close || rest[3..colon].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> inside = rest[(colon + 1)..close];
        header.IsCertain = true;
        header.Program = header.Program.IsEmpty ? "vmkernel"u8 : header.Program;
        header.Thread = EsxiText.Token(ref inside);
        header.Text = rest[(close + 1)..];
        return true;
    }

    /// <summary>Reads the text behind the tag, which may name severity and program once more.</summary>
    private static void ReadMessage(ReadOnlySpan<byte> rest, ref EsxiHeader header)
    {
        header.Text = rest;
        if (rest.StartsWith(Arrow))
        {
            header.IsContinuation = header.IsNewLine = true;
            header.Text = rest[Arrow.Length..];
            return;
        }

        if (rest.StartsWith("cpu"u8) && Kernel(rest, ref header))
        {
            return;
        }

        if (rest is [(byte)'[', ..])
        {
            header.BeginsAnew = IsOriginator(rest) || Five(rest, ref header);
            header.IsCertain |= header.BeginsAnew;
            return;
        }

        ReadOnlySpan<byte> after = rest;
        if (!EsxiText.IsSeverity(EsxiText.Token(ref after)) || !IsProgramNext(after))
        {
            return;
        }

        EsxiText.SplitTag(EsxiText.Token(ref after), out ReadOnlySpan<byte> program, out ReadOnlySpan<byte> thread);
        if (program is not [(byte)'-'] || header.Program.IsEmpty)
        {
            header.Program = program;
        }

        header.Thread = thread.IsEmpty && after is [>= (byte)'0' and <= (byte)'9', ..] ? EsxiText.Token(ref after) : thread;
        header.Text = after;
        header.BeginsAnew = true;
        header.IsCertain |= IsOriginator(after);
    }

    /// <summary>Behind a severity stands <c>hostd[2099]</c>, <c>-[1001392061]</c>, or <c>vpxd 20973</c>.</summary>
    private static bool IsProgramNext(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> word = EsxiText.Token(ref text);
        return word is [.., (byte)']'] || text is [>= (byte)'0' and <= (byte)'9', ..] || IsOriginator(text);
    }

    /// <summary>VMware's structured data: <c>[Originator@6876 </c>, in newer products <c>@4413</c>, or <c>[nsx@6876 </c>.</summary>
    public static bool IsOriginator(ReadOnlySpan<byte> text) =>
        text is [(byte)'[', ..] && text[..Math.Min(text.Length, 48)] is var head
        && (head.IndexOf("@6876 "u8) > 0 || head.IndexOf("@4413 "u8) > 0);

    /// <summary>Whether a word is the number of a thread, as 4.x and 5.x write it.</summary>
    public static bool IsThread(ReadOnlySpan<byte> text) => text.Length is >= 1 and <= 16 && text.IndexOfAnyExcept(Hex) < 0;

    /// <summary>vmsyslogd stamps with Z and milliseconds or none, other systems' daemons with microseconds or an offset.</summary>
    public static bool HostsOwnTime(ReadOnlySpan<byte> time) => time is [.., (byte)'Z'] && time.Length is 20 or 24;
}
