using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>When a flow began and how long it lasted, as far as its record says.</summary>
/// <param name="Start">First packet; where only the exporter's uptime is known, when the collector had the record.</param>
/// <param name="DurationMs">From the first packet to the last.</param>
internal readonly record struct ExporterTimes(DateTimeOffset? Start, long? DurationMs)
{
    /// <summary>Reads the times of a record.</summary>
    public static ExporterTimes Of(
        FieldSpan start, FieldSpan end, FieldSpan uptimeStart, FieldSpan uptimeEnd, FieldSpan uptime, FieldSpan received,
        FieldValues values, ReadOnlySpan<byte> text)
    {
        foreach (FieldSpan time in (ReadOnlySpan<FieldSpan>)[start, end, received])
        {
            if (values.IsThere(time) && !ExporterTime.TryParse(time.Of(text), out _) && !time.TryInteger(text, out _)
                && !ExporterTime.IsZeros(time.Of(text)))
            {
                values.Wrong(time, "no time");
            }
        }

        foreach (FieldSpan time in (ReadOnlySpan<FieldSpan>)[uptimeStart, uptimeEnd, uptime])
        {
            if (values.IsThere(time) && !time.TryInteger(text, out _) && !ExporterTime.TryParse(time.Of(text), out _))
            {
                values.Wrong(time, "no time");
            }
        }

        DateTimeOffset? had = Wall(received, text);
        DateTimeOffset? from = Wall(start, text) ?? Counted(uptimeStart, uptime, had, text) ?? Switched(uptimeStart, had, text);
        DateTimeOffset? to = Wall(end, text) ?? Counted(uptimeEnd, uptime, had, text) ?? Switched(uptimeEnd, had, text);
        if (from is { } first && to is { } last)
        {
            return new(from, last >= first ? (long)(last - first).TotalMilliseconds : null);
        }

        long? duration = uptimeStart.TryInteger(text, out long begun) && uptimeEnd.TryInteger(text, out long ended) && ended >= begun
            ? ended - begun : null;
        return new(from ?? to ?? had, duration);
    }

    private static DateTimeOffset? Wall(FieldSpan field, ReadOnlySpan<byte> text) =>
        field.HasValue && ExporterTime.TryParse(field.Of(text), out DateTimeOffset time) && time != DateTimeOffset.UnixEpoch ? time : null;

    /// <summary>A switched time counted from the exporter's start, where the record says how long ago that was.</summary>
    private static DateTimeOffset? Counted(FieldSpan field, FieldSpan uptime, DateTimeOffset? received, ReadOnlySpan<byte> text) =>
        received is { } sent && uptime.TryInteger(text, out long ran) && ran is > 0 and <= uint.MaxValue
        && field.TryInteger(text, out long switched) && switched >= 0 && switched <= ran
        && sent - DateTimeOffset.UnixEpoch >= TimeSpan.FromMilliseconds(ran)
            ? sent - TimeSpan.FromMilliseconds(ran - switched) : null;

    /// <summary>
    /// A switched time that some collector made a wall clock. An exporter that has run for weeks counts milliseconds of the size
    /// of epoch seconds; it is taken for those only when it lies near the time of receipt.
    /// </summary>
    private static DateTimeOffset? Switched(FieldSpan field, DateTimeOffset? received, ReadOnlySpan<byte> text)
    {
        const int MaxDaysApart = 30;
        if (Wall(field, text) is not { } time)
        {
            return null;
        }

        bool isText = field.Of(text).Contains((byte)'-');
        return isText || received is null || (received.Value - time).Duration() < TimeSpan.FromDays(MaxDaysApart) ? time : null;
    }
}

/// <summary>Reads the times of collectors: text, or numbers whose size says their unit.</summary>
internal static class ExporterTime
{
    /// <summary>Reads a wall-clock time; false for none, for zeros (which collectors write for "not known") and for uptimes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time) =>
        text.Length > 10 && text[4] == '-' ? Timestamps.TryParse(text, out time) : LooseTime.TryParseEpoch(text, out time);

    private static readonly System.Buffers.SearchValues<byte> Zeros = System.Buffers.SearchValues.Create("0-:. TZ"u8);

    /// <summary>Whether a time is of zeros only, which collectors write for "not known".</summary>
    public static bool IsZeros(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Zeros) < 0;
}
