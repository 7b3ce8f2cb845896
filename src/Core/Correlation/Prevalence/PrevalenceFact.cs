using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>What a process was told of the prevalence of its program and one destination.</summary>
/// <param name="Key">Program and destination, as <see cref="PrevalenceWord"/> has it.</param>
/// <param name="Day">The latest day on which the process called there, as <see cref="AskedWord.Latest"/> has it.</param>
/// <param name="Hosts">On how many hosts: exact below <see cref="PrevalenceEntry.MaxHosts"/>, an estimate from there.</param>
/// <param name="Since">The earliest UTC day on any of them.</param>
/// <param name="ManySince">The day on which it was on many of them, as <see cref="PrevalenceEntry.ManySince"/> has it.</param>
/// <param name="InSight">Hosts of which programs known in the same way are on record at all.</param>
public readonly record struct PrevalenceFact(ulong Key, int Day, long Hosts, int Since, int ManySince, long InSight)
    : IMergeable<PrevalenceFact>
{
    /// <summary>Of each destination that a process keeps two, and one of its program wherever it calls.</summary>
    public const int MaxFacts = (2 * ProcessFacts.MaxDestinations) + 1;

    /// <summary>What was told last says most: hosts only become more.</summary>
    public PrevalenceFact Merge(PrevalenceFact other) => this with
    {
        Hosts = Math.Max(Hosts, other.Hosts),
        Since = Math.Min(Since, other.Since),
        ManySince = Math.Min(ManySince, other.ManySince),
        InSight = Math.Max(InSight, other.InSight),
    };

    /// <summary>The latest day first, as destinations rank.</summary>
    public int CompareRank(PrevalenceFact other)
    {
        int order = other.Day.CompareTo(Day);
        return order != 0 ? order : Key.CompareTo(other.Key);
    }

    /// <summary>Merges what a process was told.</summary>
    public static ImmutableArray<PrevalenceFact> Merge(ImmutableArray<PrevalenceFact> left, ImmutableArray<PrevalenceFact> right) =>
        BoundedMap.Merge(left, right, MaxFacts, static (a, b) => a.CompareRank(b));
}
