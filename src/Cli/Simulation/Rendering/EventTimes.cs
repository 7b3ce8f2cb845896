using System.Globalization;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Times as the renderings write them.</summary>
internal static class EventTimes
{
    /// <summary>ISO 8601 in UTC, to the millisecond.</summary>
    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 in UTC, to the nanosecond.</summary>
    public static string IsoNanoseconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);

    /// <summary>Local time without a zone, to the second.</summary>
    public static string Local(DateTimeOffset time, TimeSpan offset) =>
        time.ToOffset(offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Local time with its offset, to the microsecond, as the unified log has it.</summary>
    public static string LocalWithOffset(DateTimeOffset time, TimeSpan offset) =>
        time.ToOffset(offset).ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture).Remove(29, 1);

    /// <summary>ISO 8601 with an offset of zero without its colon, to the microsecond, as Suricata has it.</summary>
    public static string Eve(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+0000'", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 with an offset of zero, to the microsecond, as rsyslog has it.</summary>
    public static string Rsyslog(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    /// <summary>Unix seconds with six digits.</summary>
    public static string Epoch(DateTimeOffset time) => Seconds(time).ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Unix seconds with three digits.</summary>
    public static string EpochMilliseconds(DateTimeOffset time) =>
        decimal.Floor(Seconds(time) * 1000).ToString("0'.'000", CultureInfo.InvariantCulture);

    /// <summary>A span as seconds with a number of digits.</summary>
    public static string Seconds(TimeSpan span, int digits) =>
        ((decimal)span.Ticks / TimeSpan.TicksPerSecond).ToString(
            "F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static decimal Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond;
}
