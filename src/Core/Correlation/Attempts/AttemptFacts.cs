using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Attempts;

/// <summary>One call that carried nothing.</summary>
/// <param name="Day">Its day, days since the Unix epoch: the latest rank first.</param>
/// <param name="Hash">Hash of its observation: attempts of one day are kept by it, which makes them a uniform sample.</param>
/// <param name="DestinationIp">Whom it called.</param>
/// <param name="DestinationPort">On which port.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="Ms">When, Unix milliseconds of the sensor's clock.</param>
public readonly record struct Attempt(int Day, ulong Hash, IpAddress DestinationIp, ushort DestinationPort, byte Protocol, long Ms)
    : IMergeable<Attempt>
{
    /// <summary>The same observation twice is one attempt.</summary>
    public Attempt Merge(Attempt other) => Ms <= other.Ms ? this : other;

    /// <summary>The latest day first, then by hash.</summary>
    public int CompareRank(Attempt other)
    {
        int order = other.Day.CompareTo(Day);
        return order != 0 ? order : Hash.CompareTo(other.Hash);
    }
}

/// <summary>
/// The calls of one source host that carried nothing, refused or unanswered: a uniform sample by hash of each day's, the latest days
/// first. A scan costs no more than the sample, and a host that is called over and over stands out in it.
/// </summary>
/// <remarks>
/// A destination's share of the sample is its share of the day's attempts: with <see cref="MaxAttempts"/> kept, one that is called in a
/// tenth of them is seen about ten times, and one in less than a hundredth may be missed. How many there were in all, the sample
/// itself says (Bar-Yossef et al. 2002).
/// </remarks>
public sealed record AttemptFacts : IMergeable<AttemptFacts>
{
    /// <summary>Version of this shape.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Attempts kept.</summary>
    public const int MaxAttempts = 96;

    /// <summary>Version of the shape this state has.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Who called.</summary>
    public required IpAddress SourceIp { get; init; }

    /// <summary>The attempts, by rank.</summary>
    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    /// <summary>The first day of which none was crowded out by later days; null while all fit.</summary>
    public int? FirstWholeDay =>
        Attempts.Length < MaxAttempts ? null : Attempts[^1].Day == Attempts[0].Day ? Attempts[0].Day : Attempts[^1].Day + 1;

    /// <summary>
    /// How many attempts there were on a day: exact while all fit, an estimate beyond; a lower bound where days were crowded out.
    /// </summary>
    public long Count(int day)
    {
        ImmutableArray<Attempt> ofDay = [.. Attempts.Where(attempt => attempt.Day == day)];
        bool whole = Attempts.Length < MaxAttempts || Attempts[^1].Day != day;
        return whole ? ofDay.Length : (long)((ofDay.Length - 1) * (Math.Pow(2, 64) / Math.Max(1.0, ofDay[^1].Hash)));
    }

    /// <summary>About how many of a day's attempts went to one destination.</summary>
    public long Count(int day, ChannelKey channel)
    {
        long all = Attempts.Count(attempt => attempt.Day == day);
        long here = Attempts.Count(attempt => attempt.Day == day && attempt.DestinationIp == channel.DestinationIp
            && attempt.DestinationPort == channel.DestinationPort && attempt.Protocol == channel.Protocol);
        return all == 0 ? 0 : here * Count(day) / all;
    }

    /// <inheritdoc/>
    public AttemptFacts Merge(AttemptFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);

        // The usual case of a scan, where nothing that is kept changes: without the cost of a merge.
        return Attempts.Length >= MaxAttempts && (other.Attempts.IsEmpty || Attempts[^1].CompareRank(other.Attempts[0]) < 0)
            ? this
            : new()
            {
                SourceIp = SourceIp,
                Attempts = BoundedMap.Merge(Attempts, other.Attempts, MaxAttempts, static (a, b)
                => a.CompareRank(b))
            };
    }
}
