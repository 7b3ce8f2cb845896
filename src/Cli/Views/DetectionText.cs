using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Views;

/// <summary>What an analyst asks of a detection, answered in plain text; the terminal and the report show the same words.</summary>
internal static class DetectionText
{
    private const int HeaviestNamed = 3, FlowsNamed = 3;

    /// <summary><c>HIGH 85 · AN0400 · T1573.001</c>.</summary>
    public static string Heading(Detection detection)
    {
        string severity = detection.Severity.Word().ToUpperInvariant(), technique = TechniqueText.Of(detection);
        return string.Create(CultureInfo.InvariantCulture, $"{severity} {detection.Confidence} · {detection.AnalyticId} · {technique}");
    }

    /// <summary>The host or source, and the process where it is known.</summary>
    public static string Who(Detection detection) => detection.Process is { } process
        ? $"{detection.Host ?? "unknown host"} · {Name(process)}"
            + (process.Pid is { } pid ? string.Create(CultureInfo.InvariantCulture, $" (pid {pid})") : string.Empty)
        : detection.Host ?? "network only: the process is not known";

    /// <summary>Lines on where it is: image, command line, parent, account, hash.</summary>
    public static IEnumerable<(string Label, string Text)> Place(Detection detection)
    {
        ProcessFields? process = detection.Process;
        foreach ((string label, string? text) in (IEnumerable<(string, string?)>)
        [
            ("Host", detection.Host),
            ("Process", process?.Image),
            ("Command", process?.CommandLine),
            ("Parent", process?.ParentImage),
            ("Account", process?.User),
            ("Signed", process?.Signed switch { true => $"yes, by {process.Signer ?? "an unknown signer"}", false => "no", null => null }),
            ("SHA-256", process?.Hash),
            ("Talks to", Destination(detection.Destination)),
            ("Seen", Span(detection)),
            ("Flows", Flows(detection.CommunityIds)),
        ])
        {
            if (text is not null)
            {
                yield return (label, text);
            }
        }
    }

    /// <summary>What to copy to look further, by the tool that takes it.</summary>
    public static IEnumerable<(string Tool, string Filter)> Filters(Detection detection)
    {
        if (HuntingFilters.Wireshark(detection) is { } filter)
        {
            yield return ("Wireshark", filter);
        }

        if (HuntingFilters.Kql(detection) is { } query)
        {
            yield return ("KQL", query);
        }
    }

    /// <summary>Address, port, transport and name.</summary>
    public static string? Destination(DetectionDestination? destination) => destination is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{Address(destination)}:{destination.Port}/{destination.Protocol}{(destination.Name is { } name ? $" ({name})" : string.Empty)}");

    /// <summary>From the first to the last connection it covers.</summary>
    public static string Span(Detection detection) =>
        detection.WindowStart.UtcDateTime.Date == detection.WindowEnd.UtcDateTime.Date
            ? $"{Time(detection.WindowStart)} to {detection.WindowEnd.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
            : $"{Time(detection.WindowStart)} to {Time(detection.WindowEnd)} UTC";

    /// <summary>A time to the second, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The evidence, and what holds the confidence under its sum: the weights add up to the confidence.</summary>
    public static IEnumerable<(string Weight, string Text)> Why(Detection detection) =>
    [
        .. detection.Evidence.Select(evidence => (Weight(evidence.Weight), $"{evidence.Detail} [{evidence.Kind}]")),
        .. ConfidenceLimit.Of(detection) is { } limit ? (IEnumerable<(string, string)>)[(Weight(limit.Points), limit.Why)] : [],
    ];

    /// <summary>A weight with its sign.</summary>
    public static string Weight(int weight) => weight.ToString("+0;−0;0", CultureInfo.InvariantCulture);

    /// <summary>The kinds of evidence that weigh most.</summary>
    public static string Reasons(Detection detection) => string.Join(
        ", ", detection.Evidence.Where(evidence => evidence.Weight > 0).Take(HeaviestNamed).Select(evidence => evidence.Kind));

    /// <summary>Community IDs, the first few.</summary>
    private static string? Flows(IReadOnlyList<string> ids) => ids.Count == 0 ? null
        : string.Join(' ', ids.Take(FlowsNamed)) + (ids.Count > FlowsNamed
            ? string.Create(CultureInfo.InvariantCulture, $" and {ids.Count - FlowsNamed} more")
            : string.Empty);

    private static string Name(ProcessFields process) =>
        process.Image is { } image ? image[(image.AsSpan().LastIndexOfAny('\\', '/') + 1)..] : "unknown program";

    private static string Address(DetectionDestination destination) =>
        destination.Ip.IsV4 ? destination.Ip.ToString() : $"[{destination.Ip}]";
}
