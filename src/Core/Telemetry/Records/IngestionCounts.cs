using System.Runtime.InteropServices;

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>What was read, counted so that nothing can vanish: <c>records = observed + skipped + deadLettered</c> always.</summary>
public sealed class IngestionCounts
{
    private readonly Dictionary<string, long> _bySource = new(StringComparer.Ordinal);
    private SortedDictionary<string, long>? _unread;

    // Records of one source stand together: they are counted by themselves until another source's comes.
    private string _source = string.Empty;
    private long _ofSource;

    /// <summary>Input records, envelopes unwrapped.</summary>
    public long Records => Observed + Skipped + DeadLettered;

    /// <summary>Records that yielded observations.</summary>
    public long Observed { get; private set; }

    /// <summary>Records left out: by design, but for <see cref="Unread"/>.</summary>
    public long Skipped { get; private set; }

    /// <summary>
    /// Packets among those skipped that could not be read, and not by design: of a link type or an Ethernet type that is not followed.
    /// Nothing can be said of them.
    /// </summary>
    public long Unread { get; internal set; }

    /// <summary>Records that wait, or waited, for others of their event.</summary>
    public long Held { get; private set; }

    /// <summary>Records that could not be used.</summary>
    public long DeadLettered { get; private set; }

    /// <summary>Observations, those included that no analytic has a use for.</summary>
    public long Observations { get; internal set; }

    /// <summary>Library loads among the observations. None in a Windows input means AN0400 is blind there.</summary>
    public long ModuleLoads { get; internal set; }

    /// <summary>Bytes of input, after decompression.</summary>
    public long Bytes { get; internal set; }

    /// <summary>
    /// Packets of captures that could not be looked into, by what stood in the way, in name order: whatever flows they are of are
    /// missing, or missing in part.
    /// </summary>
    public IReadOnlyDictionary<string, long> UnreadPackets => _unread ?? [];

    /// <summary>Flows of captures without any time: they are dated by their file.</summary>
    public long UndatedFlows { get; internal set; }

    /// <summary>Inputs with records of hosts that they do not name: all of them are taken to be of one host.</summary>
    public long UnnamedInputs { get; internal set; }

    /// <summary>Records by source name, in name order.</summary>
    public IReadOnlyDictionary<string, long> BySource
    {
        get
        {
            Settle();
            return new SortedDictionary<string, long>(_bySource, StringComparer.Ordinal);
        }
    }

    /// <summary>Adds what was read by another reader of the same run; bytes are those of the run's own inputs.</summary>
    internal void Add(IngestionCounts other)
    {
        Observed += other.Observed;
        Skipped += other.Skipped;
        DeadLettered += other.DeadLettered;
        Observations += other.Observations;
        ModuleLoads += other.ModuleLoads;
        Unread += other.Unread;
        Held += other.Held;
        UndatedFlows += other.UndatedFlows;
        UnnamedInputs += other.UnnamedInputs;
        foreach ((string what, long packets) in other.UnreadPackets)
        {
            AddUnread(what, packets);
        }

        foreach ((string source, long records) in other.BySource)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_bySource, source, out _) += records;
        }
    }

    internal void AddUnread(string what, long packets)
    {
        _unread ??= new(StringComparer.Ordinal);
        _unread[what] = _unread.GetValueOrDefault(what) + packets;
    }

    internal void Add(in RecordResult result)
    {
        switch (result.Outcome)
        {
            case RecordOutcome.Held:
                // Counted when what it waits in is settled.
                Held++;
                return;
            case RecordOutcome.Observed:
                Observed++;
                break;
            case RecordOutcome.Skipped:
                Skipped++;
                break;
            default:
                DeadLettered++;
                break;
        }

        if (!ReferenceEquals(result.Source, _source))
        {
            Settle();
            _source = result.Source;
        }

        _ofSource++;
    }

    private void Settle()
    {
        if (_ofSource > 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_bySource, _source, out _) += _ofSource;
            _ofSource = 0;
        }
    }
}
