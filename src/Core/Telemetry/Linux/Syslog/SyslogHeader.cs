using System.Buffers.Text;
using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>The head of a syslog line: when, where, and which program.</summary>
/// <remarks>
/// RFC 5424; RFC 3164 with its variants: ISO times, a year before or behind, months of other languages, fractions, ctime's form, no host,
/// a severity in the host's place, a facility with it there or behind it (BusyBox, OpenWrt), tags with or
/// without a number, with a path, with a module in brackets.
/// </remarks>
internal readonly ref struct SyslogHeader
{
    /// <summary>How far the bracket behind a priority is looked for.</summary>
    private const int MaxPriorityLength = 8;

    /// <summary>How far the blank behind what should be a version is looked for.</summary>
    private const int MaxVersionLength = 32;

    /// <summary>The process number of a line that has something else in its place.</summary>
    public const int NoNumber = -2;

    private static readonly FieldNames Severities = new("EMERG", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG");

    private static readonly FieldNames LowSeverities = new(
        "emerg", "alert", "crit", "err", "error", "warn", "warning", "notice", "info", "debug");

    /// <summary>When, as written: of a line without a year only its day and time, in the year 4.</summary>
    public SyslogTime Time { get; init; }

    /// <summary>The host; empty where it is not written.</summary>
    public ReadOnlySpan<byte> Host { get; init; }

    /// <summary>The program, without path, number and module; empty where it is not written.</summary>
    public ReadOnlySpan<byte> Program { get; init; }

    /// <summary>The program's process number; −1 where it is not written, <see cref="NoNumber"/> where something else is.</summary>
    public int Pid { get; init; }

    /// <summary>Facility and severity are written as a word.</summary>
    public bool HasFacility { get; init; }

    /// <summary>What it says.</summary>
    public ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Whether any program's own log may begin so: with a time that others write too, and nothing of syslog behind it.</summary>
    public bool IsDoubtful => Time.IsLoose && !HasFacility && !Daemons.Knows(Program);

    /// <summary>Whether a line begins as one with a head does: with a time, or with a priority and a version.</summary>
    public static bool MayBeAt(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line[Priority(line)..];
        return (rest.Length < line.Length && rest.StartsWith("1 "u8))
            || (SyslogTime.TryRead(rest, out SyslogTime time, out _)
                && (!time.IsLoose || (TryRead(line, out SyslogHeader header) && !header.IsDoubtful)));
    }

    /// <summary>
    /// Whether a line begins as one with a head does, and what should be its priority, version, day or clock is none: cut or altered on its
    /// way.
    /// </summary>
    public static bool IsBrokenAt(ReadOnlySpan<byte> line)
    {
        int priority = Priority(line);
        ReadOnlySpan<byte> rest = line[priority..];
        if (priority > 0)
        {
            return SyslogTime.IsBrokenAt(rest)
                || (!rest.StartsWith("1 "u8) && rest[..Math.Min(rest.Length, MaxVersionLength)].IndexOf((byte)' ') is > 0 and var version
                    && SyslogTime.TryRead(rest[(version + 1)..], out _, out _));
        }

        if (line is [(byte)'<', ..] && line[..Math.Min(line.Length, MaxPriorityLength)].IndexOf((byte)'>') is > 1 and var close)
        {
            rest = line[(close + 1)..];
            return rest.StartsWith("1 - "u8) || SyslogTime.TryRead(rest.StartsWith("1 "u8) ? rest[2..] : rest, out _, out _);
        }

        return SyslogTime.IsBrokenAt(rest);
    }

    /// <summary>Reads the head of a line; false where it has none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out SyslogHeader header)
    {
        header = default;
        ReadOnlySpan<byte> rest = line;
        int priority = Priority(rest);
        rest = rest[priority..];
        if (priority > 0 && rest.StartsWith("1 "u8))
        {
            return TryRfc5424(rest[2..], out header);
        }

        if (!SyslogTime.TryRead(rest, out SyslogTime time, out int length))
        {
            return false;
        }

        rest = rest[length..];
        if (rest.IsEmpty || rest[0] is not ((byte)' ' or (byte)':'))
        {
            return false;
        }

        if (rest[0] == (byte)':')
        {
            // "Nov 18 01:15:43: --- last message repeated 5 times ---"
            header = new() { Time = time, Pid = -1, Message = rest[1..].TrimStart((byte)' ') };
            return true;
        }

        rest = rest.TrimStart((byte)' ');
        int blank = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> first = blank < 0 ? rest : rest[..blank];
        ReadOnlySpan<byte> host = default;
        bool hasFacility = IsFacility(first);
        if (first.Length > 0 && first[^1] != (byte)':' && blank > 0)
        {
            // Some write the severity where the host belongs.
            host = hasFacility || (first[0] is >= (byte)'A' and <= (byte)'Z' && Severities.Find(first) >= 0) ? default : first;
            rest = rest[(blank + 1)..].TrimStart((byte)' ');
            blank = rest.IndexOf((byte)' ');
            if (!hasFacility && blank > 0 && IsFacility(rest[..blank]))
            {
                hasFacility = true;
                rest = rest[(blank + 1)..].TrimStart((byte)' ');
            }
        }

        ReadOnlySpan<byte> program = SyslogTag.Read(rest, out int pid, out int tag);
        header = new()
        {
            Time = time,
            Host = host,
            Program = program,
            Pid = pid,
            HasFacility = hasFacility,
            Message = rest[tag..].TrimStart((byte)' '),
        };
        return true;
    }

    /// <summary><c>auth.info</c>, <c>daemon.notice</c>.</summary>
    private static bool IsFacility(ReadOnlySpan<byte> word)
    {
        if (word is not [.., >= (byte)'a' and <= (byte)'z'])
        {
            return false;
        }

        int dot = word.IndexOf((byte)'.');
        return dot is > 2 and < 10 && LowSeverities.Find(word[(dot + 1)..]) >= 0;
    }

    /// <summary>Length of <c>&lt;PRI&gt;</c>, 0 where there is none.</summary>
    public static int Priority(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || line[0] != (byte)'<')
        {
            return 0;
        }

        int close = line[..Math.Min(line.Length, 5)].IndexOf((byte)'>');
        return close > 1 && line[1..close].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? close + 1 : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryRfc5424(ReadOnlySpan<byte> text, out SyslogHeader header)
    {
        header = default;
        ReadOnlySpan<byte> stamp = Word(ref text);
        ReadOnlySpan<byte> host = Word(ref text);
        ReadOnlySpan<byte> program = Word(ref text);
        ReadOnlySpan<byte> number = Word(ref text);
        Word(ref text);
        SyslogTime time = default;
        if (!IsNil(stamp) && !(SyslogTime.TryRead(stamp, out time, out int length) && length == stamp.Length))
        {
            return false;
        }

        int data = StructuredData(text);
        int pid = Utf8Parser.TryParse(number, out int parsed, out int used) && used == number.Length && parsed >= 0 ? parsed
            : IsNil(number) || number.IsEmpty ? -1 : NoNumber;
        header = new()
        {
            Time = time,
            Host = IsNil(host) ? default : host,
            Program = IsNil(program) ? default : SyslogTag.Name(program),
            Pid = pid,
            Message = Trim(text[data..]),
        };
        return data > 0;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> message)
    {
        message = message.TrimStart((byte)' ');
        return message.StartsWith("\uFEFF"u8) ? message[3..] : message;
    }

    private static ReadOnlySpan<byte> Word(scoped ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return word;
    }

    private static bool IsNil(ReadOnlySpan<byte> word) => word is [(byte)'-'];

    /// <summary>Length of the structured data, 0 where the text begins with none.</summary>
    private static int StructuredData(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-', ..])
        {
            return 1;
        }

        int at = 0;
        bool inQuotes = false;
        while (at < text.Length && (inQuotes || text[at] is (byte)'[' || (at > 0 && text[at - 1] != (byte)']')))
        {
            if (text[at] == (byte)'\\' && inQuotes)
            {
                at++;
            }
            else if (text[at] == (byte)'"')
            {
                inQuotes = !inQuotes;
            }

            at++;
        }

        return Math.Min(at, text.Length);
    }
}
