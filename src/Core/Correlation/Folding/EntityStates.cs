using System.Runtime.InteropServices;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Correlation.Folding;

/// <summary>
/// Facts by entity: of one batch, folded so that each entity is reached once, or of everything so far. Merging a batch into the
/// whole gives the same as adding its observations one by one.
/// </summary>
public sealed class EntityStates
{
    private readonly Dictionary<ProcessKey, ProcessFacts> _processes = [];
    private readonly Dictionary<FlowId, FlowFacts> _flows = [];
    private readonly Dictionary<string, HostClock> _clocks = new(StringComparer.Ordinal);

    /// <summary>Processes, in no order.</summary>
    public IReadOnlyDictionary<ProcessKey, ProcessFacts> Processes => _processes;

    /// <summary>Flows, in no order.</summary>
    public IReadOnlyDictionary<FlowId, FlowFacts> Flows => _flows;

    /// <summary>Hosts' clocks, in no order.</summary>
    public IReadOnlyDictionary<string, HostClock> Clocks => _clocks;

    /// <summary>How many entities there are: for a batch, how many operations it takes to deliver it.</summary>
    public int Count => _processes.Count + _flows.Count + _clocks.Count;

    /// <summary>Adds what one observation says.</summary>
    public void Add(Observation observation)
    {
        if (ObservationFacts.OfProcess(observation) is { } process)
        {
            Merge(_processes, process.Key, process);
        }

        if (FlowObservationFacts.Of(observation) is { } flow)
        {
            Merge(_flows, flow.Id, flow);
        }

        if (ObservationFacts.OfClock(observation) is { } clock)
        {
            Merge(_clocks, observation.Host!, clock);
        }
    }

    /// <summary>Adds all facts of another set.</summary>
    public void Merge(EntityStates other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((ProcessKey key, ProcessFacts facts) in other._processes)
        {
            Merge(_processes, key, facts);
        }

        foreach ((FlowId key, FlowFacts facts) in other._flows)
        {
            Merge(_flows, key, facts);
        }

        foreach ((string key, HostClock facts) in other._clocks)
        {
            Merge(_clocks, key, facts);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _processes.Clear();
        _flows.Clear();
        _clocks.Clear();
    }

    private static void Merge<TKey, TFacts>(Dictionary<TKey, TFacts> states, TKey key, TFacts facts)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        ref TFacts? state = ref CollectionsMarshal.GetValueRefOrAddDefault(states, key, out bool known);
        state = known ? state!.Merge(facts) : facts;
    }
}
