using System.Globalization;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Times as the renderings write them.</summary>
internal static class EventTimes
{
    /// <summary>ISO 8601 in UTC, to the millisecond.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Local time without a zone, to the second.</summary>
    public static string Local(DateTimeOffset time, TimeSpan offset) =>
        time.ToOffset(offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Unix seconds with six digits.</summary>
    public static string Epoch(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.000000", CultureInfo.InvariantCulture);
}
