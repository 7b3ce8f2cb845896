using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// Reads the head of one entry of the unified log as text: default
/// (<c>TIME+ZONE 0x78e2 Default 0x0 1234 0 app: (Network) [sub:cat] text</c>), syslog (<c>TIME+ZONE  localhost app[1030]: (lib) [sub:cat]
/// text</c>), compact (<c>TIME Df app[33656:4505afd] [sub:cat] text</c>, milliseconds and no zone), Console.app's copy
/// (<c>default⇥17:05:52.529741-0500⇥app⇥text</c>), and launchd's own log (<c>TIME (gui/501/label [30002]) &lt;Notice&gt;: text</c>).
/// </summary>
internal static class UnifiedLogHead
{
    /// <summary>Bytes of a date and time with microseconds.</summary>
    private const int MicrosecondsLength = 26;

    /// <summary>The same with a zone.</summary>
    private const int ZonedLength = 31;

    /// <summary>Bytes of a date and time with milliseconds.</summary>
    private const int MillisecondsLength = 23;

    private static readonly FieldNames Levels = new("default", "info", "debug", "error", "fault");

    private static readonly FieldNames CompactTypes = new("Df", "I", "E", "F", "Db", "A", "St", "Si", "Lo");

    /// <summary>Whether a line may begin an entry: the lines of other logs are told without reading them.</summary>
    public static bool MayBeAt(ReadOnlySpan<byte> line) => line.Length >= MillisecondsLength && line[0] switch
    {
        (byte)'d' or (byte)'i' or (byte)'e' or (byte)'f' => true,
        (byte)'1' or (byte)'2' => line[10] == (byte)' ' && line[19] == (byte)'.',
        _ => false,
    };

    /// <summary>Reads a head; false where the line begins no entry.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out MacEntry entry)
    {
        entry = default;
        entry.Pid = MacEntry.NoPid;
        if (line.Length < MillisecondsLength)
        {
            return false;
        }

        if (line[0] is (byte)'d' or (byte)'i' or (byte)'e' or (byte)'f')
        {
            return TryConsole(line, ref entry);
        }

        if (line[0] is not ((byte)'1' or (byte)'2') || line[4] != (byte)'-' || line[7] != (byte)'-' || line[10] != (byte)' '
            || line[13] != (byte)':' || line[16] != (byte)':' || line[19] != (byte)'.')
        {
            return false;
        }

        // An offset with a colon is another log's.
        if (line.Length >= ZonedLength && line[MicrosecondsLength] is (byte)'+' or (byte)'-' && IsDigits(line[20..MicrosecondsLength])
            && line[MicrosecondsLength + 3] != (byte)':')
        {
            entry.Time = line[..ZonedLength];
            return TryZoned(line[ZonedLength..], ref entry);
        }

        if (line.Length > MicrosecondsLength + 2 && line[MicrosecondsLength] == (byte)' ' && line[MicrosecondsLength + 1] == (byte)'(')
        {
            entry.Time = line[..MicrosecondsLength];
            return TryLaunchd(line[(MicrosecondsLength + 1)..], ref entry);
        }

        entry.Time = line[..MillisecondsLength];
        return line.Length > MillisecondsLength && line[MillisecondsLength] == (byte)' '
            && TryCompact(line[(MillisecondsLength + 1)..], ref entry);
    }

    private static bool TryConsole(ReadOnlySpan<byte> line, ref MacEntry entry)
    {
        int first = line[..Math.Min(line.Length, 9)].IndexOf((byte)'\t');
        if (first < 4 || Levels.Find(line[..first]) < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[(first + 1)..];
        int second = rest.IndexOf((byte)'\t');
        if (second < 8 || rest[2] != (byte)':' || rest[5] != (byte)':')
        {
            return false;
        }

        entry.Time = rest[..second];
        entry.HasNoDate = true;
        rest = rest[(second + 1)..];
        int third = rest.IndexOf((byte)'\t');
        entry.Process = third < 0 ? rest : rest[..third];
        entry.Message = third < 0 ? default : rest[(third + 1)..];
        return true;
    }

    /// <summary>Default and syslog style; a stamp that neither follows begins an entry too, one that says nothing.</summary>
    private static bool TryZoned(ReadOnlySpan<byte> rest, ref MacEntry entry)
    {
        rest = rest.TrimStart((byte)' ');
        if (!rest.StartsWith("0x"u8))
        {
            Syslog(rest, ref entry);
            return true;
        }

        // Thread, type, activity, process, time to live.
        Token(ref rest);
        Token(ref rest);
        Token(ref rest);
        ReadOnlySpan<byte> pid = Token(ref rest);
        Token(ref rest);
        entry.Pid = Number(pid);
        int colon = rest.IndexOf(": "u8);
        colon = colon < 0 && rest is [.., (byte)':'] ? rest.Length - 1 : colon;
        entry.Process = colon < 0 ? default : rest[..colon];
        Text(colon < 0 ? rest : rest[(colon + 1)..], ref entry);
        return true;
    }

    private static void Syslog(ReadOnlySpan<byte> rest, ref MacEntry entry)
    {
        ReadOnlySpan<byte> host = Token(ref rest);
        int close = rest.IndexOf("]:"u8);
        int open = close < 0 ? -1 : rest[..close].LastIndexOf((byte)'[');
        if (open > 0 && Number(rest[(open + 1)..close]) is >= 0 and var pid)
        {
            entry.Host = host;
            entry.Pid = pid;
            entry.Process = rest[..open];
            Text(rest[(close + 2)..], ref entry);
        }
    }

    private static bool TryCompact(ReadOnlySpan<byte> rest, ref MacEntry entry)
    {
        if (CompactTypes.Find(Token(ref rest)) < 0)
        {
            return false;
        }

        // The process may be named in brackets and blanks too: its number ends in "[33656:4505afd]".
        int close = rest.IndexOf("] "u8);
        close = close < 0 && rest is [.., (byte)']'] ? rest.Length - 1 : close;
        int open = close < 0 ? -1 : rest[..close].LastIndexOf((byte)'[');
        int colon = open < 0 ? -1 : rest[open..close].IndexOf((byte)':');
        if (open < 1 || colon < 2)
        {
            return false;
        }

        entry.Pid = Number(rest.Slice(open + 1, colon - 1));
        entry.Process = rest[..open];
        Text(rest[(close + 1)..], ref entry);
        return entry.Pid >= 0;
    }

    private static bool TryLaunchd(ReadOnlySpan<byte> rest, ref MacEntry entry)
    {
        int close = rest.IndexOf(") <"u8);
        int text = close < 0 ? -1 : rest[close..].IndexOf(">: "u8);
        if (text < 0)
        {
            return false;
        }

        entry.Process = "/sbin/launchd"u8;
        entry.Pid = 1;
        entry.Subsystem = rest[1..close];
        entry.Message = rest[(close + text + 3)..];
        return true;
    }

    /// <summary>Takes <c>(library)</c> and <c>[subsystem:category]</c> off; either may be missing, and either part of the second.</summary>
    private static void Text(ReadOnlySpan<byte> rest, ref MacEntry entry)
    {
        rest = rest.TrimStart((byte)' ');
        if (rest is [(byte)'(', ..] && rest.IndexOf((byte)')') is > 1 and var close && rest[..close].IndexOf((byte)' ') < 0)
        {
            entry.Sender = rest[1..close];
            rest = rest[(close + 1)..].TrimStart((byte)' ');
        }

        if (rest is [(byte)'[', ..])
        {
            int end = rest.IndexOf("] "u8);
            end = end < 0 && rest is [.., (byte)']'] ? rest.Length - 1 : end;
            int colon = end < 0 ? -1 : rest[..end].LastIndexOf((byte)':');

            // A message may begin with a bracket too, "[C4 …]": a subsystem holds no blanks, but for launchd's.
            if (colon > 0 && (rest[..end].IndexOf((byte)' ') < 0 || (colon == end - 1 && rest[..end].IndexOf((byte)'/') > 0)))
            {
                entry.Subsystem = rest[1..colon];
                rest = rest[(end + 1)..].TrimStart((byte)' ');
            }
        }

        entry.Message = rest;
    }

    private static ReadOnlySpan<byte> Token(scoped ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> token = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..].TrimStart((byte)' ');
        return token;
    }

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out int used) && used == text.Length && used > 0 ? number : MacEntry.NoPid;

    private static bool IsDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
