using System.Runtime.CompilerServices;

namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>
/// Frames Windows events written as text of several lines: a time on a line of its own and <c>LogName=</c> (Splunk), or
/// <c>ProviderName=</c> (Fluent Bit). An event goes on to where the next begins.
/// </summary>
internal static class EventTextFrames
{
    /// <summary>Longest event, bytes: Windows' own are 64 KiB.</summary>
    private const int MaxBytes = 256 << 10;

    /// <summary><c>08/06/2020 03:56:41 AM</c>.</summary>
    private const int StampBytes = 22;

    /// <summary>Longest line that is taken for a broken one.</summary>
    private const int MaxStampBytes = 40;

    private static ReadOnlySpan<byte> Log => "LogName="u8;

    private static ReadOnlySpan<byte> Provider => "ProviderName="u8;

    /// <summary>Whether an event may open here, by the bytes that cost least to look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayOpen(ReadOnlySpan<byte> text) => text.Length < 3 || text[2] == (byte)'/' || text[0] == (byte)'P'
        || (text[0] is not ((byte)'{' or (byte)'<') && IsBrokenStamp(text));

    /// <summary>The frame of an event that opens here; null where none does.</summary>
    public static Frame? Next(ReadOnlySpan<byte> buffer, bool final)
    {
        if (!final && buffer.Length < StampBytes + Provider.Length + 2 && (IsStampSoFar(buffer) || Provider.StartsWith(buffer)))
        {
            return Frame.NeedMore;
        }

        if (!IsAt(buffer))
        {
            return null;
        }

        ReadOnlySpan<byte> text = buffer[..Math.Min(buffer.Length, MaxBytes)];
        int at = Line(text, 0, out _);
        while (at < text.Length)
        {
            ReadOnlySpan<byte> rest = text[at..];
            if (IsAt(rest) && (!IsStamp(buffer) || IsStamp(rest) || IsBrokenStamp(rest)))
            {
                return new(FrameKind.Line, 0, Frame.TrimEnd(text[..at]), at);
            }

            if (rest[0] is (byte)'{' or (byte)'<')
            {
                // A record of another kind.
                return new(FrameKind.Line, 0, Frame.TrimEnd(text[..at]), at);
            }

            at = Line(text, at, out bool isWhole);
            if (!isWhole || (at + StampBytes + Provider.Length + 2 > text.Length && text.Length < MaxBytes && !final))
            {
                break;
            }
        }

        return !final && text.Length < MaxBytes ? Frame.NeedMore : new(FrameKind.Line, 0, Frame.TrimEnd(text), text.Length);
    }

    /// <summary>Whether an event opens here.</summary>
    public static bool IsAt(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Provider))
        {
            return true;
        }

        if (!IsStamp(text))
        {
            return IsBrokenStamp(text);
        }

        ReadOnlySpan<byte> rest = text[StampBytes..].TrimStart("\r "u8);
        return rest is [(byte)'\n', ..] && rest[1..].StartsWith(Log);
    }

    /// <summary>Whether an event opens in a text whose line ends are escaped.</summary>
    public static bool IsAtEscaped(ReadOnlySpan<byte> text) => text.StartsWith(Provider) || text.StartsWith(Log)
        || (IsStamp(text) && text[StampBytes..] is [(byte)'\\', (byte)'n' or (byte)'r', ..]
            && text[..Math.Min(text.Length, StampBytes + 24)].IndexOf(Log) > 0);

    /// <summary>Whether a line in a stamp's place is none: the event below it would be taken for a part of the one above.</summary>
    private static bool IsBrokenStamp(ReadOnlySpan<byte> text)
    {
        int end = text[..Math.Min(text.Length, MaxStampBytes)].IndexOf((byte)'\n');
        return end > 0 && text[(end + 1)..].StartsWith(Log)
            && text[..end].TrimEnd((byte)'\r') is [.., (byte)' ', (byte)'A' or (byte)'P', (byte)'M'];
    }

    private static bool IsStamp(ReadOnlySpan<byte> text) => text.Length >= StampBytes && IsStampSoFar(text);

    private static bool IsStampSoFar(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> pattern = "00/00/0000 00:00:00 xM"u8;
        for (int at = 0; at < Math.Min(text.Length, pattern.Length); at++)
        {
            bool fits = pattern[at] switch
            {
                (byte)'0' => text[at] is >= (byte)'0' and <= (byte)'9',
                (byte)'x' => text[at] is (byte)'A' or (byte)'P',
                var same => text[at] == same,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static int Line(ReadOnlySpan<byte> text, int at, out bool isWhole)
    {
        int end = text[at..].IndexOf((byte)'\n');
        isWhole = end >= 0;
        return end < 0 ? text.Length : at + end + 1;
    }
}
