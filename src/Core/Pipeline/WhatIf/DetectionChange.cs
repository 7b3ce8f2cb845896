using CipherWatch.Core.Detections;

namespace CipherWatch.Core.Pipeline.WhatIf;

/// <summary>What became of a detection under other settings.</summary>
public enum ChangeKind
{
    /// <summary>It stands only under the candidate.</summary>
    Gained,

    /// <summary>It stood only under the settings compared against.</summary>
    Lost,

    /// <summary>Its severity rose.</summary>
    Raised,

    /// <summary>Its severity fell.</summary>
    Lowered,

    /// <summary>Its severity is the same, its evidence is not.</summary>
    Reweighed,
}

/// <summary>Evidence that the two settings weigh differently.</summary>
/// <param name="Kind">Name of the evidence.</param>
/// <param name="Was">Weight under the settings compared against; null where there was none.</param>
/// <param name="Is">Weight under the candidate; null where there is none.</param>
/// <param name="Detail">What was seen, for a person.</param>
public sealed record EvidenceDifference(string Kind, int? Was, int? Is, string Detail);

/// <summary>One detection that the settings change.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Was">As it stood under the settings compared against; null where it did not.</param>
/// <param name="Is">As it stands under the candidate; null where it does not.</param>
/// <param name="Evidence">What made the difference, the largest first. Empty where only a suppression did.</param>
/// <param name="Settings">The settings that make it so, each on its own; empty where only several together do.</param>
public sealed record DetectionChange(
    ChangeKind Kind, Detection? Was, Detection? Is, IReadOnlyList<EvidenceDifference> Evidence, IReadOnlyList<string> Settings)
{
    /// <summary>The detection, whichever side it is on.</summary>
    public Detection Detection => Is ?? Was!;
}

/// <summary>Everything that other settings change.</summary>
/// <param name="DifferingSettings">Names of the settings that differ.</param>
/// <param name="Changes">In order of kind, then the detection's time and id.</param>
/// <param name="Unchanged">Detections that stand under both with the same evidence.</param>
public sealed record SettingsEffect(IReadOnlyList<string> DifferingSettings, IReadOnlyList<DetectionChange> Changes, int Unchanged);
