using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections;

/// <summary>A network-only detection that a process's detection covers.</summary>
/// <param name="Network">The detection that is superseded.</param>
/// <param name="By">The process's detection.</param>
public readonly record struct Supersession(DetectionId Network, DetectionId By);

/// <summary>Everything that a process's facts imply: detections, and the network-only ones they supersede.</summary>
/// <param name="Detections">In order of day.</param>
/// <param name="Supersedes">Sinks set the mark.</param>
public sealed record ProcessVerdict(IReadOnlyList<Detection> Detections, IReadOnlyList<Supersession> Supersedes)
{
    /// <summary>Nothing is implied.</summary>
    public static readonly ProcessVerdict Nothing = new([], []);
}

/// <summary>
/// Judges facts under settings. Pure: sees no clock, no order of arrival, no earlier verdict. The same facts and settings give
/// the same answer, which is why a replay, a what-if and a retry after a crash need nothing of their own.
/// </summary>
public static class Judgement
{
    /// <summary>What a process's facts imply.</summary>
    public static ProcessVerdict Of(ProcessFacts facts, DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(settings);
        return facts.Platform is { } platform && AnalyticTable.Of(platform) is { } analytic
            ? analytic.Judge(facts, settings)
            : ProcessVerdict.Nothing;
    }

    /// <summary>What a channel's facts imply, in order of day.</summary>
    public static IReadOnlyList<Detection> Of(ChannelFacts facts, DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(settings);
        return An0404Network.Judge(facts, settings);
    }
}
