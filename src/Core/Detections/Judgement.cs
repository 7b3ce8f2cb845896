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

/// <summary>A channel on which the settings expect random payload of a process, so that none of its flows there is a finding.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="By">The detection that the process would have been.</param>
public readonly record struct ExpectedChannel(ChannelKey Channel, DateOnly Day, DetectionId By)
{
    /// <summary>The network-only detection of the channel and day.</summary>
    public DetectionId Network => An0404Network.IdOf(Channel, Day);
}

/// <summary>Everything that a process's facts imply: detections, and the network-only ones they supersede.</summary>
/// <param name="Detections">In order of day.</param>
/// <param name="Supersedes">Sinks set the mark.</param>
public sealed record ProcessVerdict(IReadOnlyList<Detection> Detections, IReadOnlyList<Supersession> Supersedes)
{
    /// <summary>Nothing is implied.</summary>
    public static readonly ProcessVerdict Nothing = new([], []);

    /// <summary>
    /// Whether the names of its destinations may change what is implied: they are behind a proxy, or under one name at several addresses.
    /// </summary>
    public bool NeedsNames { get; init; }

    /// <summary>Whether what is implied weighs less because many hosts show the like: more that are in sight may change that.</summary>
    public bool IsLowered { get; init; }

    /// <summary>Channels with random payload that is expected of the process, in order of day.</summary>
    public IReadOnlyList<ExpectedChannel> Expects { get; init; } = [];
}

/// <summary>
/// Judges facts under settings. Pure: sees no clock, no order of arrival, no earlier verdict. The same facts and settings give
/// the same answer, which is why a replay, a what-if and a retry after a crash need nothing of their own.
/// </summary>
public static class Judgement
{
    /// <summary>What a process's facts imply; of a number that several images ran under, what each of them does.</summary>
    public static ProcessVerdict Of(ProcessFacts facts, DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(settings);
        if (facts.Platform is not { } platform || AnalyticTable.Of(platform) is not { } analytic)
        {
            return ProcessVerdict.Nothing;
        }

        IReadOnlyList<ProcessFacts> slices = ProcessSlices.Of(facts);
        if (slices.Count == 1)
        {
            return analytic.Judge(slices[0], settings, facts.Key);
        }

        ProcessVerdict[] verdicts = [.. slices.Select(slice => analytic.Judge(slice, settings, facts.Key))];
        return new(
            [
                .. verdicts.SelectMany(verdict => verdict.Detections)
                    .OrderBy(detection => detection.Time).ThenBy(detection => detection.DetectionId),
            ],
            [.. verdicts.SelectMany(verdict => verdict.Supersedes)])
        {
            Expects = [.. verdicts.SelectMany(verdict => verdict.Expects)],
            NeedsNames = Array.Exists(verdicts, static verdict => verdict.NeedsNames),
            IsLowered = Array.Exists(verdicts, static verdict => verdict.IsLowered),
        };
    }

    /// <summary>What a channel's facts imply, in order of day.</summary>
    public static IReadOnlyList<Detection> Of(ChannelFacts facts, DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(settings);
        return An0404Network.Judge(facts, settings);
    }
}
