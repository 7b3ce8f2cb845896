using System.Globalization;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>How often, on how many hosts and on how many days something was seen.</summary>
public sealed class Support
{
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly HashSet<DateOnly> _days = [];

    /// <summary>How often.</summary>
    public long Count { get; private set; }

    /// <summary>On how many hosts.</summary>
    public int Hosts => _hosts.Count;

    /// <summary>On how many UTC days.</summary>
    public int Days => _days.Count;

    /// <summary>Whether it was seen on more than one host or day.</summary>
    public bool IsRepeated => Hosts > 1 || Days > 1;

    /// <summary>Counts it once more.</summary>
    public void Add(string? host, DateTimeOffset? time) => Add(host, time is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null);

    /// <summary>Counts it once more.</summary>
    public void Add(string? host, DateOnly? day)
    {
        Count++;
        if (host is not null)
        {
            _hosts.Add(host);
        }

        if (day is { } on)
        {
            _days.Add(on);
        }
    }

    /// <summary>As a reason: <c>seen 412 times on 37 hosts over 5 days</c>.</summary>
    public override string ToString() => $"seen {Of(Count, "time")} on {Of(Hosts, "host")} over {Of(Days, "day")}";

    private static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
