using CipherWatch.Core.Pipeline.Kinds;
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
        foreach (EntityFacts facts in batch.Sets.OrderBy(set => set.Kind.IsCompanion).SelectMany(set => set.InOrder()))
        {
            cutter.Add(facts);
        }

        return cutter.Finish();
    }

    private sealed class Cutter(EntityStates batch)
    {
        private readonly List<BatchPart> _parts = [];
        private readonly HashSet<(FactKind Kind, string Key)> _delivered = [];
        private List<EntityFacts> _facts = [];
        private HashSet<(FactKind Kind, string Key)> _companions = [];
        private int _bytes = FrameBytes;

        public void Add(EntityFacts facts)
        {
            if (_delivered.Contains((facts.Kind, facts.Key)))
            {
                return;
            }

            int bytes = Size(facts);
            EntityFacts? companion = CompanionOf(facts);
            int companionBytes = companion is null ? 0 : Size(companion);
            bool joins = companion is not null && !_companions.Contains((companion.Kind, companion.Key));
            if (_facts.Count + (joins ? 2 : 1) > MaxEntities || _bytes + bytes + (joins ? companionBytes : 0) > MaxInputBytes)
            {
                Close();

                // The part that holds this companion is closed: the new one needs it too.
                joins = companion is not null;
            }

            _bytes += bytes + (joins ? companionBytes : 0);
            _facts.Add(facts);
            if (joins)
            {
                _companions.Add((companion!.Kind, companion.Key));
                _delivered.Add((companion.Kind, companion.Key));
                _facts.Add(companion);
            }
        }

        public List<BatchPart> Finish()
        {
            Close();
            return _parts;
        }

        private EntityFacts? CompanionOf(EntityFacts facts) =>
            facts.Kind.Companion is { } kind && facts.Kind.CompanionOf(facts.Facts) is { } key
                ? new(kind, batch.Of(kind).Find(key) ?? kind.Nothing(key))
                : null;

        private void Close()
        {
            if (_facts.Count > 0)
            {
                _parts.Add(new(_facts));
            }

            _facts = [];
            _companions = [];
            _bytes = FrameBytes;
        }

        // The comma after it counts too.
        private static int Size(EntityFacts facts) => FactsJson.SerializeToUtf8(facts).Length + 1;
    }
}
