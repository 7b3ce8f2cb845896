using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Detections;

/// <summary>A finding, with everything that made it: what an analyst reads, and what a replay must give again byte for byte.</summary>
public sealed record Detection
{
    /// <summary>Its identity: analytic, entity, destination for network-only ones, and UTC day.</summary>
    public required DetectionId DetectionId { get; init; }

    /// <summary>1 in the local runner; in Azure raised when the content changes. Left out of any comparison.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The earliest evidence.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>AN0400 … AN0404.</summary>
    public required string AnalyticId { get; init; }

    /// <summary>MITRE ATT&amp;CK technique: T1573.001, or T1573.002 where TLS was seen on the channel.</summary>
    public required string Technique { get; init; }

    /// <summary>The platform the analytic is for.</summary>
    public required TelemetryPlatform Platform { get; init; }

    /// <summary>From the confidence.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Sum of the evidence weights, 20–100.</summary>
    public required int Confidence { get; init; }

    /// <summary>One line for a person.</summary>
    public required string Title { get; init; }

    /// <summary>Lower-case first label of the host's name.</summary>
    public string? Host { get; init; }

    /// <summary>The process, as far as it is known.</summary>
    public ProcessFields? Process { get; init; }

    /// <summary>The address that a network-only one is about: in its title, and what such detections are gathered by.</summary>
    public IpAddress? SourceIp { get; init; }

    /// <summary>Where it talks to.</summary>
    public DetectionDestination? Destination { get; init; }

    /// <summary>Earliest connection or flow it covers.</summary>
    public required DateTimeOffset WindowStart { get; init; }

    /// <summary>Latest connection or flow it covers.</summary>
    public required DateTimeOffset WindowEnd { get; init; }

    /// <summary>Hash of the settings that judged it.</summary>
    public required string SettingsVersion { get; init; }

    /// <summary>What was found, with its weight, heaviest first; weight 0 says what is missing or switched off.</summary>
    public required IReadOnlyList<EvidencePiece> Evidence { get; init; }

    /// <summary>Community IDs of flows that the evidence rests on, the earliest first: what other sensors know them by.</summary>
    public IReadOnlyList<string> CommunityIds { get => field ?? []; init; } = [];

    /// <summary>An analyst's verdict on it: it is kept and marked, not dropped.</summary>
    public DetectionSuppression? Suppressed { get; init; }

    /// <summary>
    /// What is known by now no longer implies it. Only where detections are published before all is known, and then left out of
    /// comparisons and of every query; its content is its keys.
    /// </summary>
    public bool Withdrawn { get; init; }

    /// <summary>The process's detection that covers the same channel, for a network-only one.</summary>
    public DetectionId? SupersededBy { get; init; }
}

/// <summary>Where a channel ends.</summary>
/// <param name="Ip">Address.</param>
/// <param name="Port">Port.</param>
/// <param name="Protocol">Transport, lower case.</param>
/// <param name="Name">Host name where known.</param>
public sealed record DetectionDestination(IpAddress Ip, ushort Port, string Protocol, string? Name);

/// <summary>One reason for a detection.</summary>
/// <param name="Kind">Name of the evidence, as in <c>EvidenceWeights</c>.</param>
/// <param name="Time">When it was first seen; null where it has no time of its own.</param>
/// <param name="Weight">What it adds to the confidence; may be negative.</param>
/// <param name="Detail">What was seen, for a person.</param>
/// <param name="ObservationIds">The observations it rests on (the first few where there are many).</param>
public sealed record EvidencePiece(
    string Kind, DateTimeOffset? Time, int Weight, string Detail, IReadOnlyList<ObservationId> ObservationIds);

/// <summary>An analyst's verdict as it stands on a detection.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who.</param>
/// <param name="Expires">Until when, against the detection's time; null for ever.</param>
public sealed record DetectionSuppression(string Reason, string? Author, DateTimeOffset? Expires);
