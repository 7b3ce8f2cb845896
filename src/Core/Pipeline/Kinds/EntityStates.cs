using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>
/// Facts by kind and entity: of one batch, folded so that each entity is reached once, or of everything so far. Merging a batch into
/// the whole gives the same as adding its observations one by one.
/// </summary>
public sealed class EntityStates
{
    private readonly FactSet[] _sets = [.. FactKinds.All.Select(kind => kind.CreateSet())];

    /// <summary>The facts of each kind, in the order of <see cref="FactKinds.All"/>.</summary>
    public IReadOnlyList<FactSet> Sets => _sets;

    /// <summary>How many entities there are: for a batch, how many operations it takes to deliver it.</summary>
    public int Count => _sets.Sum(set => set.Count);

    /// <summary>The facts of one kind.</summary>
    public FactSet<TKey, TFacts> Of<TKey, TFacts>(FactKind<TKey, TFacts> kind)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts> => (FactSet<TKey, TFacts>)Of((FactKind)kind);

    /// <summary>Adds what one observation says.</summary>
    public void Add(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        foreach (FactSet set in _sets)
        {
            set.Fold(observation);
        }
    }

    /// <summary>Adds all facts of another set.</summary>
    public void Merge(EntityStates other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int index = 0; index < _sets.Length; index++)
        {
            _sets[index].AddAll(other._sets[index]);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (FactSet set in _sets)
        {
            set.Clear();
        }
    }

    internal FactSet Of(FactKind kind) => Array.Find(_sets, set => set.Kind == kind) ?? throw new ArgumentException("A kind that is in no row.", nameof(kind));
}
