using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>One channel, as facts that merge: what the network saw that nothing explains, and which processes ask for it.</summary>
/// <remarks>
/// Flows by class, and each class a sample by hash, so that a crowd of one class crowds out none of another and order decides nothing.
/// What explains a flow is not here but in the flow journal, and joins for as long as the flow is kept.
/// </remarks>
public sealed record ChannelFacts : IMergeable<ChannelFacts>
{
    /// <summary>Version of this shape.</summary>
    public const int CurrentSchema = 4;

    /// <summary>Flows kept whose payload may be evidence under the shipped threshold.</summary>
    public const int MaxRandom = 14;

    /// <summary>Flows kept whose payload may be evidence under a lower threshold only.</summary>
    public const int MaxWeak = 2;

    /// <summary>Flows kept that nothing explains, of which no payload was seen.</summary>
    public const int MaxRecords = 4;

    /// <summary>Days kept on which keys were exchanged.</summary>
    public const int MaxExchanges = 2;

    /// <summary>Claims of processes kept.</summary>
    public const int MaxClaims = 10;

    /// <summary>Words of processes on its detections kept.</summary>
    public const int MaxMarks = 16;

    /// <summary>Version of the shape this state has.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Which channel.</summary>
    public required ChannelKey Key { get; init; }

    /// <summary>Flows whose payload may be evidence, by rank; without the names of protocols, of which their records tell.</summary>
    public ImmutableArray<FlowSummary> Random { get; init; } = [];

    /// <summary>Flows whose payload may be evidence under a lower threshold, by rank.</summary>
    public ImmutableArray<FlowSummary> Weak { get; init; } = [];

    /// <summary>Flows that nothing explains, without their payload, by rank.</summary>
    public ImmutableArray<FlowSummary> Records { get; init; } = [];

    /// <summary>When its flows that nothing explains began, the latest first.</summary>
    public ImmutableArray<FlowStart> Starts { get; init; } = [];

    /// <summary>What the journal says of key exchanges on the channel, the latest days first.</summary>
    public ImmutableArray<ExchangeFacts> Exchanges { get; init; } = [];

    /// <summary>Flows that processes say are their own, by rank.</summary>
    public ImmutableArray<FlowClaim> Claims { get; init; } = [];

    /// <summary>What processes say of its detections: no judgement reads it but to set the mark.</summary>
    public ImmutableArray<SupersessionMark> Marks { get; init; } = [];

    /// <summary>Whether flows may have been crowded out: those of the earliest days go first.</summary>
    public bool ForgetsDays => Random.Length >= MaxRandom || Weak.Length >= MaxWeak || Records.Length >= MaxRecords;

    /// <summary>All flows, each once with all that is known of it, in order of day, the latest first, and key.</summary>
    public ImmutableArray<FlowSummary> Flows => Union([.. Random, .. Weak, .. Records, .. Exchanges.Select(exchange => exchange.Flow)]);

    /// <summary>
    /// The same without those that the journal alone knows of: which of these is kept may change, and who owns them asks for itself.
    /// </summary>
    public ImmutableArray<FlowSummary> OwnFlows => Union([.. Random, .. Weak, .. Records]);

    /// <inheritdoc/>
    public ChannelFacts Merge(ChannelFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Key = Key,
            Random = BoundedMap.Merge(Random, other.Random, MaxRandom, static (a, b) => a.CompareRank(b)),
            Weak = BoundedMap.Merge(Weak, other.Weak, MaxWeak, static (a, b) => a.CompareRank(b)),
            Records = BoundedMap.Merge(Records, other.Records, MaxRecords, static (a, b) => a.CompareRank(b)),
            Starts = FlowStart.Merge(Starts, other.Starts),
            Exchanges = BoundedMap.Merge(Exchanges, other.Exchanges, MaxExchanges, static (a, b) => a.CompareKey(b)),
            Claims = BoundedMap.Merge(Claims, other.Claims, MaxClaims, static (a, b) => a.CompareRank(b)),
            Marks = BoundedMap.Merge(Marks, other.Marks, MaxMarks, SupersessionMark.CompareKeys),
        };
    }

    private static ImmutableArray<FlowSummary> Union(IEnumerable<FlowSummary> flows) => flows.Aggregate(
        ImmutableArray<FlowSummary>.Empty, static (all, flow)
            => BoundedMap.Merge(all, [flow], int.MaxValue, static (a, b) => a.CompareKey(b)));
}
