using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>
/// Facts by kind and entity: of one batch, folded so that each entity is reached once, or of everything so far. Merging a batch into
/// the whole gives the same as adding its observations one by one.
/// </summary>
/// <param name="routes">Where what is said of flows goes.</param>
/// <param name="maxHeldBytes">Bytes of facts of one kind, and of the journal, that are held in memory; what is above is spilled, never
/// dropped.</param>
public sealed class EntityStates(FlowRoutes routes, int maxHeldBytes = FactSet.MaxHeldBytes) : IDisposable
{
    private readonly FactSet[] _sets = [.. FactKinds.All.Select(kind => kind.CreateSet(maxHeldBytes))];

    /// <summary>No facts, under the port profiles that ship.</summary>
    public EntityStates()
        : this(FlowRoutes.Default)
    {
    }

    /// <summary>The facts of each kind, in the order of <see cref="FactKinds.All"/>.</summary>
    public IReadOnlyList<FactSet> Sets => _sets;

    /// <summary>Flows that cost no entity.</summary>
    public FlowJournal Journal { get; } = new(Math.Min(maxHeldBytes, FlowJournal.MaxHeldBytes));

    /// <summary>How many entities there are: for a batch, how many operations it takes to deliver it.</summary>
    public int Count => _sets.Sum(set => set.Count);

    /// <summary>The facts of one kind.</summary>
    public FactSet<TKey, TFacts> Of<TKey, TFacts>(FactKind<TKey, TFacts> kind)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts> => (FactSet<TKey, TFacts>)Of((FactKind)kind);

    /// <summary>Adds what one observation says.</summary>
    /// <returns>Entities of which these are the first facts: the operations that it adds to a batch.</returns>
    public int Add(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        observation = routes.Placed(observation);
        FlowRoute route = routes.Of(observation);
        if ((route & FlowRoute.Journal) != 0)
        {
            Journal.Add(observation);
        }

        int first = 0;
        foreach (FactSet set in _sets)
        {
            first += set.Fold(observation, route) ? 1 : 0;
        }

        return first;
    }

    /// <summary>Adds all facts of another set, which holds them in memory.</summary>
    public void Merge(EntityStates other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Journal.Add(other.Journal);
        for (int index = 0; index < _sets.Length; index++)
        {
            _sets[index].AddAll(other._sets[index]);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Journal.Clear();
        foreach (FactSet set in _sets)
        {
            set.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    internal FactSet Of(FactKind kind) => _sets[FactKinds.IndexOf(kind)];
}
