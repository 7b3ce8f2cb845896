using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Core.Correlation.Flow;

/// <summary>What the network saw of one flow on one UTC day, as facts that merge.</summary>
public sealed record FlowSummary : IMergeable<FlowSummary>
{
    /// <summary>As many as a capture gives of a flow, so that what <c>score</c> judges by is what detections do.</summary>
    private const int PayloadCapacity = 2 * DirectionScore.MaxSamples;

    private const int ApplicationCapacity = 3;

    /// <summary>Which flow; none while only records that name it by its Community ID are known.</summary>
    public FlowKey Key { get; init; }

    /// <summary>Which day, as days since the Unix epoch: ports are used again.</summary>
    public required int Day { get; init; }

    /// <summary>Records and samples of it.</summary>
    public Sightings Seen { get; init; } = Sightings.None;

    /// <summary>A record says that the first end of the key opened it.</summary>
    public bool FirstInitiates { get; init; }

    /// <summary>A record says that the second end opened it.</summary>
    public bool SecondInitiates { get; init; }

    /// <summary>Bytes sent by the first end, from sources that count from the flow's start.</summary>
    public long? FirstBytes { get; init; }

    /// <summary>Bytes sent by the second end, likewise.</summary>
    public long? SecondBytes { get; init; }

    /// <summary>Bytes from sources whose records add up, the largest records first.</summary>
    public ImmutableArray<CounterDelta> Deltas { get; init; } = [];

    /// <summary>
    /// How long it stayed up, milliseconds, by the longest of its records. Of flows that nothing explains only, and of nobody else's
    /// concern than their channel's.
    /// </summary>
    public long? DurationMs { get; init; }

    /// <summary>
    /// Whether a process has it by its host's address, the destination and the day only, since its records lack the local port. One that
    /// names the flow exactly decides.
    /// </summary>
    public bool IsLoose { get; init; }

    /// <summary>What is known of its key exchange.</summary>
    public Handshake Handshake { get; init; }

    /// <summary>Application protocols it was named as, in name order.</summary>
    public ImmutableArray<string> Applications { get; init; } = [];

    /// <summary>Name the client asked for.</summary>
    public string? ServerName { get; init; }

    /// <summary>Payload samples, the ones with the smallest ids.</summary>
    public ImmutableArray<PayloadFact> Payloads { get; init; } = [];

    /// <summary>Whether it carries anything a judgement can use beyond "it happened".</summary>
    public bool IsTelling => !Payloads.IsEmpty || Handshake is not Handshake.Unknown || !Applications.IsEmpty;

    /// <summary>Whether the first end of the key is the initiator: said by a record, else the end with the higher port.</summary>
    public bool InitiatorIsFirst => FirstInitiates != SecondInitiates ? FirstInitiates : FirstHasHigherPort;

    /// <summary>Whether some record says that the end with the lower port opened it: before that record, the other end seemed to.</summary>
    public bool IsTurned => FirstHasHigherPort ? SecondInitiates : FirstInitiates;

    /// <summary>The initiator's address.</summary>
    public IpAddress SourceIp => InitiatorIsFirst ? Key.FirstIp : Key.SecondIp;

    /// <summary>The responder's address.</summary>
    public IpAddress DestinationIp => InitiatorIsFirst ? Key.SecondIp : Key.FirstIp;

    /// <summary>The responder's port.</summary>
    public ushort DestinationPort => InitiatorIsFirst ? Key.SecondPort : Key.FirstPort;

    /// <summary>The initiator's port.</summary>
    public ushort SourcePort => InitiatorIsFirst ? Key.FirstPort : Key.SecondPort;

    /// <summary>Bytes initiator → responder.</summary>
    public long? BytesOut => InitiatorIsFirst ? FirstTotal : SecondTotal;

    /// <summary>Bytes responder → initiator.</summary>
    public long? BytesIn => InitiatorIsFirst ? SecondTotal : FirstTotal;

    private long? FirstTotal => Register.MergeCounter(FirstBytes, CounterDelta.Sum(Deltas, static delta => delta.FirstBytes));

    private long? SecondTotal => Register.MergeCounter(SecondBytes, CounterDelta.Sum(Deltas, static delta => delta.SecondBytes));

    private bool FirstHasHigherPort => Key.FirstPort >= Key.SecondPort;

    /// <summary>Orders by day, the latest first, then by flow.</summary>
    public int CompareKey(FlowSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int order = other.Day.CompareTo(Day);
        return order != 0 ? order : Key.CompareTo(other.Key);
    }

    /// <summary>Orders by day, the latest first, then by a hash: which flows are kept where there is no room for all.</summary>
    public int CompareRank(FlowSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Channel.FlowRank.Compare(Day, Key, other.Day, other.Key);
    }

    /// <inheritdoc/>
    public FlowSummary Merge(FlowSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Key = Key == default ? other.Key : Key,
            Day = Day,
            Seen = Seen.MergeFew(other.Seen),
            FirstInitiates = FirstInitiates || other.FirstInitiates,
            SecondInitiates = SecondInitiates || other.SecondInitiates,
            FirstBytes = Register.MergeCounter(FirstBytes, other.FirstBytes),
            SecondBytes = Register.MergeCounter(SecondBytes, other.SecondBytes),
            Deltas = CounterDelta.Merge(Deltas, other.Deltas),
            DurationMs = Register.MergeCounter(DurationMs, other.DurationMs),
            IsLoose = IsLoose && other.IsLoose,
            Handshake = (Handshake)Math.Max((int)Handshake, (int)other.Handshake),
            Applications = MergeNames(Applications, other.Applications),
            ServerName = Register.Merge(ServerName, other.ServerName),
            Payloads = BoundedMap.Merge(Payloads, other.Payloads, PayloadCapacity, static (a, b) => a.SampleId.CompareTo(b.SampleId)),
        };
    }

    /// <summary>
    /// The same with its flow's key, and with the records that add up added: what is told to processes and channels. It may be told
    /// again when more records are known, because the sum only grows.
    /// </summary>
    public FlowSummary Told(FlowKey key) =>
        this with { Key = key, FirstBytes = FirstTotal, SecondBytes = SecondTotal, Deltas = [], DurationMs = null };

    /// <summary>The same without the names of its protocols: where its payload speaks they take room and decide nothing.</summary>
    public FlowSummary WithoutApplications() => Applications.IsEmpty ? this : this with { Applications = [] };

    /// <summary>Which end of the key speaks, where a sample says no more than that the initiator or the responder does.</summary>
    public FlowEnd EndOf(FlowEnd speaker) => speaker switch
    {
        FlowEnd.Initiator => InitiatorIsFirst ? FlowEnd.First : FlowEnd.Second,
        FlowEnd.Responder => InitiatorIsFirst ? FlowEnd.Second : FlowEnd.First,
        _ => speaker,
    };

    private static ImmutableArray<string> MergeNames(ImmutableArray<string> left, ImmutableArray<string> right) =>
        right.IsEmpty ? left : left.IsEmpty ? right
            : [.. left.Union(right, StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(ApplicationCapacity)];
}
