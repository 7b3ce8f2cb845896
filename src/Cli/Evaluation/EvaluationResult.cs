using CipherWatch.Core.Detections;

namespace CipherWatch.Cli.Evaluation;

/// <summary>Implants of one family or kind, and how many were found.</summary>
/// <param name="Name">The family, or the kind.</param>
/// <param name="Medium">Found at medium and up.</param>
/// <param name="Any">Found at any severity.</param>
/// <param name="Missed">Those not found at medium and up: host and image.</param>
internal sealed record RecallRow(string Name, WilsonInterval Medium, WilsonInterval Any, IReadOnlyList<string> Missed);

/// <summary>What a rule finds of the labelled processes.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Recall">Of the implants.</param>
/// <param name="Precision">Implants among what it finds and is labelled.</param>
/// <param name="FalseAlarms">Background processes it finds.</param>
internal sealed record RuleRow(string Name, WilsonInterval Recall, WilsonInterval Precision, int FalseAlarms);

/// <summary>Labelled telemetry against what was found of it.</summary>
internal sealed record EvaluationResult
{
    /// <summary>Distinct pairs of host and UTC day that were watched.</summary>
    public required int HostDays { get; init; }

    /// <summary>Benign processes among the truth.</summary>
    public required int Background { get; init; }

    /// <summary>CipherWatch at medium and up, at any severity, and the rules it is measured against.</summary>
    public required IReadOnlyList<RuleRow> Rules { get; init; }

    /// <summary>By family of agent.</summary>
    public required IReadOnlyList<RecallRow> ByFamily { get; init; }

    /// <summary>By kind of implant.</summary>
    public required IReadOnlyList<RecallRow> ByKind { get; init; }

    /// <summary>By what the telemetry shows of them; empty where the truth does not say.</summary>
    public required IReadOnlyList<RecallRow> ByVisibility { get; init; }

    /// <summary>Detections that cover no implant and nothing labelled otherwise, by severity.</summary>
    public required IReadOnlyDictionary<Severity, int> FalseAlarms { get; init; }

    /// <summary>Those detections, medium and up: what a person has to look at.</summary>
    public required IReadOnlyList<Detection> FalseAlarmsNamed { get; init; }

    /// <summary>Evidence kinds, the strongest ratio first.</summary>
    public required IReadOnlyList<LikelihoodRatio> LikelihoodRatios { get; init; }

    /// <summary>False alarms of a severity per 1,000 hosts and day; null where no host was watched.</summary>
    public double? PerThousandHostDays(Severity severity) =>
        HostDays == 0 ? null : FalseAlarms.GetValueOrDefault(severity) * 1000.0 / HostDays;
}
