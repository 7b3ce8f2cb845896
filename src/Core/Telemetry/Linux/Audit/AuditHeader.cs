using System.Buffers;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>The head of an audit record in any of its variants, and where the record's fields begin.</summary>
/// <remarks>
/// <c>type=T msg=audit(S.mmm:N): …</c>, with <c>node=</c> before it or not; without <c>msg=</c>, as the Log Analytics agent writes
/// it; <c>audit: type=1300 audit(…): …</c>, as the kernel logs it; <c>audit(…): …</c>, as it comes from the kernel; and a blank
/// before or after the last colon.
/// </remarks>
internal readonly ref struct AuditHeader
{
    /// <summary>How far into a line a record may start, bytes: behind a header of syslog's or a forwarder's.</summary>
    public const int MaxPrefixLength = 512;

    /// <summary>Longest text between the brackets: a locale's date and time, and a serial.</summary>
    private const int MaxStampLength = 64;

    /// <summary>What ends a word of the head, and what no plain one has in it.</summary>
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" =(\t\"\u001d"u8);

    private static ReadOnlySpan<byte> Opening => "msg=audit("u8;

    /// <summary>What kind of record it is.</summary>
    public required AuditType Type { get; init; }

    /// <summary>The type as written; empty where it was lost.</summary>
    public required ReadOnlySpan<byte> TypeName { get; init; }

    /// <summary>The host the event is of, as auditd names it; empty where it does not.</summary>
    public required ReadOnlySpan<byte> Node { get; init; }

    /// <summary>Which event.</summary>
    public required AuditStamp Stamp { get; init; }

    /// <summary>Offset of the first field.</summary>
    public required int Body { get; init; }

    /// <summary>
    /// Whether a line holds an audit record. One that begins as auditd's lines do is taken for one, though its head be broken.
    /// </summary>
    public static bool IsAt(ReadOnlySpan<byte> line) => IsBrokenAt(line) || TryRead(line, MaxPrefixLength, out _);

    /// <summary>Whether a line is taken for an audit record even where its head cannot be read.</summary>
    public static bool IsBrokenAt(ReadOnlySpan<byte> line) =>
        line[..Math.Min(line.Length, MaxPrefixLength)].IndexOf("audit("u8) is > 0 and var at
        && (line.StartsWith("type="u8) || line.StartsWith("node="u8)
            || ((line[..at].EndsWith("msg="u8) || line[..at].EndsWith(" "u8)) && line[..at].IndexOf("type="u8) >= 0));

    /// <summary>Reads the head of the record that a line holds; false when it holds none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="longestPrefix">How far into the line it may start.</param>
    /// <param name="header">The head.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, int longestPrefix, out AuditHeader header)
    {
        ReadOnlySpan<byte> prefix = line[..Math.Min(line.Length, longestPrefix)];
        if (TryPlain(line, prefix.Length, out header))
        {
            return true;
        }

        int open = prefix.IndexOf("audit("u8);
        if (open < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> stamped = line[(open + 6)..];
        int close = stamped[..Math.Min(stamped.Length, MaxStampLength)].IndexOf((byte)')');
        if (close < 0 || !AuditStamp.TryParse(stamped[..close], out AuditStamp stamp))
        {
            return false;
        }

        int body = open + 6 + close + 1;
        body += Blanks(line[body..]);
        if (body < line.Length && line[body] == (byte)':')
        {
            body++;
        }

        body += Blanks(line[body..]);
        ReadOnlySpan<byte> before = line[..open];
        ReadOnlySpan<byte> name = After(before, "type="u8);
        header = new()
        {
            TypeName = name,
            Type = name.IsEmpty ? AuditTypes.OfBody(line[body..]) : AuditTypes.Of(name),
            Node = After(before, "node="u8),
            Stamp = stamp,
            Body = body,
        };
        return !name.IsEmpty || header.Type != AuditType.Other || open == 0;
    }

    /// <summary>Offset of the next record on the same line, or −1: some writers put an event's records behind one another.</summary>
    public static int NextOnLine(ReadOnlySpan<byte> body)
    {
        int from = 0;
        while (body[from..].IndexOf("type="u8) is >= 0 and var at)
        {
            int start = from + at;
            from = start + 1;
            ReadOnlySpan<byte> rest = body[start..];
            if (start == 0 || body[start - 1] is not ((byte)' ' or (byte)'\n'))
            {
                continue;
            }

            int end = rest.IndexOf((byte)' ');
            if (end > 0 && (rest[(end + 1)..].StartsWith("msg=audit("u8) || rest[(end + 1)..].StartsWith("audit("u8))
                && TryRead(rest, end + 16, out _))
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>
    /// Reads the head that nearly every record has, <c>type=T msg=audit(S.mmm:N): </c> with <c>node=</c> before it or not, from its
    /// start to its end; false where it is another, or where anything about it is odd.
    /// </summary>
    private static bool TryPlain(ReadOnlySpan<byte> line, int prefixLength, out AuditHeader header)
    {
        header = default;
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<byte> node = Plain(ref rest, "node="u8);
        ReadOnlySpan<byte> name = Plain(ref rest, "type="u8);
        int stampAt = line.Length - rest.Length + Opening.Length;
        if (name.IsEmpty || stampAt > prefixLength || !rest.StartsWith(Opening))
        {
            return false;
        }

        ReadOnlySpan<byte> stamped = line[stampAt..];
        int close = stamped[..Math.Min(stamped.Length, MaxStampLength)].IndexOf((byte)')');
        if (close < 0 || !stamped[close..].StartsWith("): "u8) || !AuditStamp.TryParse(stamped[..close], out AuditStamp stamp))
        {
            return false;
        }

        int body = stampAt + close + 3;
        header = new()
        {
            TypeName = name,
            Type = AuditTypes.Of(name),
            Node = node,
            Stamp = stamp,
            Body = body < line.Length && line[body] == (byte)' ' ? body + Blanks(line[body..]) : body,
        };
        return true;
    }

    /// <summary>
    /// The word behind a key that a text begins with, which is cut off it with the blank behind; empty where it begins with another, or
    /// where the word has in it what a key or a stamp has.
    /// </summary>
    private static ReadOnlySpan<byte> Plain(scoped ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        if (!text.StartsWith(key))
        {
            return default;
        }

        ReadOnlySpan<byte> word = text[key.Length..];
        int end = word.IndexOfAny(WordEnds);
        if (end <= 0 || word[end] != (byte)' ')
        {
            return default;
        }

        text = word[(end + 1)..];
        return word[..end];
    }

    private static int Blanks(ReadOnlySpan<byte> text)
    {
        int count = text.IndexOfAnyExcept((byte)' ');
        return count < 0 ? text.Length : count;
    }

    /// <summary>The word behind a key, the last one where it stands several times.</summary>
    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        int at = text.LastIndexOf(key);
        if (at < 0 || (at > 0 && text[at - 1] is not ((byte)' ' or (byte)'\t' or (byte)':' or (byte)'"')))
        {
            return default;
        }

        ReadOnlySpan<byte> value = text[(at + key.Length)..];
        int end = value.IndexOfAny((byte)' ', (byte)'\t');
        return end < 0 ? value : value[..end];
    }
}
