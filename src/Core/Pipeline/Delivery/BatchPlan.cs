using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>Cuts a folded batch into parts that one orchestration each can carry.</summary>
public static class BatchPlan
{
    /// <summary>Entities that one orchestration calls at most. Source: measured runs, docs/architecture.md.</summary>
    public const int MaxEntities = 100;

    /// <summary>Bytes of input that one orchestration takes at most.</summary>
    public const int MaxInputBytes = 256 << 10;

    /// <summary>The brackets and names around the facts.</summary>
    private const int FrameBytes = 64;

    /// <summary>Cuts a batch. The same facts are cut the same way, whatever the order they came in.</summary>
    /// <remarks>
    /// A process travels with its host's clocks, so that it is judged by all that is known of them, even where the batch itself says
    /// nothing; where a host's processes are spread over parts its clocks are in each, and merging them again changes nothing.
    /// </remarks>
    public static IReadOnlyList<BatchPart> Split(EntityStates batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Cutter cutter = new(batch);
        foreach (FlowFacts flow in batch.Flows.Values.OrderBy(flow => flow.Id))
        {
            cutter.Add(flow);
        }

        foreach (ProcessFacts process in batch.Processes.Values.OrderBy(process => process.Key))
        {
            cutter.Add(process);
        }

        foreach (string host in batch.Clocks.Keys.Order(StringComparer.Ordinal))
        {
            cutter.AddClock(host);
        }

        return cutter.Finish();
    }

    private sealed class Cutter(EntityStates batch)
    {
        private readonly List<BatchPart> _parts = [];
        private readonly HashSet<string> _delivered = new(StringComparer.Ordinal);
        private List<FlowFacts> _flows = [];
        private List<ProcessFacts> _processes = [];
        private SortedDictionary<string, HostClock> _clocks = new(StringComparer.Ordinal);
        private int _bytes = FrameBytes;

        public void Add(FlowFacts flow)
        {
            Make(room: 1, Size(flow));
            _flows.Add(flow);
        }

        public void Add(ProcessFacts process)
        {
            string host = process.Key.Host.ToString();
            HostClock clock = batch.Clocks.GetValueOrDefault(host, HostClock.Unknown);
            int clockBytes = Size(new ClockFacts(host, clock));
            bool joins = !_clocks.ContainsKey(host);
            if (Make(joins ? 2 : 1, Size(process) + (joins ? clockBytes : 0)) && !joins)
            {
                // The part that holds this host's clocks is closed: the new one needs them too.
                joins = true;
                _bytes += clockBytes;
            }

            _processes.Add(process);
            if (joins)
            {
                _clocks.Add(host, clock);
                _delivered.Add(host);
            }
        }

        public void AddClock(string host)
        {
            if (_delivered.Add(host))
            {
                Make(room: 1, Size(new ClockFacts(host, batch.Clocks[host])));
                _clocks.Add(host, batch.Clocks[host]);
            }
        }

        public List<BatchPart> Finish()
        {
            Close();
            return _parts;
        }

        /// <summary>Takes room in the open part, or in a new one where it is full; says whether it is a new one.</summary>
        private bool Make(int room, int bytes)
        {
            bool full = Count + room > MaxEntities || _bytes + bytes > MaxInputBytes;
            if (full)
            {
                Close();
            }

            _bytes += bytes;
            return full;
        }

        private int Count => _flows.Count + _processes.Count + _clocks.Count;

        private void Close()
        {
            if (Count > 0)
            {
                _parts.Add(new([.. _clocks.Select(clock => new ClockFacts(clock.Key, clock.Value))], _flows, _processes));
            }

            _flows = [];
            _processes = [];
            _clocks = new(StringComparer.Ordinal);
            _bytes = FrameBytes;
        }

        // The comma after it counts too.
        private static int Size<T>(T facts) => FactsJson.SerializeToUtf8(facts).Length + 1;
    }
}
