using System.Runtime.InteropServices;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>Facts of one kind by entity.</summary>
/// <param name="kind">The kind.</param>
public abstract class FactSet(FactKind kind)
{
    /// <summary>The kind.</summary>
    public FactKind Kind => kind;

    /// <summary>How many entities there are facts of.</summary>
    public abstract int Count { get; }

    /// <summary>Adds what an observation says.</summary>
    internal abstract void Fold(Observation observation);

    /// <summary>Adds facts.</summary>
    internal abstract void Add(object facts);

    /// <summary>Adds all facts of another set of the kind.</summary>
    internal abstract void AddAll(FactSet other);

    /// <summary>Forgets everything.</summary>
    internal abstract void Clear();

    /// <summary>All facts in the order of their keys.</summary>
    internal abstract IEnumerable<EntityFacts> InOrder();

    /// <summary>The facts of one entity; null where there are none, or where entities are not told apart by text.</summary>
    internal abstract object? Find(string key);

    /// <summary>What entities of other kinds are told.</summary>
    internal abstract IEnumerable<EntityFacts> Hops();

    /// <summary>What each entity's facts imply, with what it was told and with what travels with them. Changes nothing.</summary>
    internal abstract IEnumerable<ProcessVerdict> Judge(FactSet told, EntityStates companions, DetectionSettings settings);

    /// <summary>How many of its entities another set has not got.</summary>
    internal abstract int CountWithout(FactSet other);
}

/// <summary>Facts of one kind by entity.</summary>
/// <typeparam name="TKey">What entities are told apart by.</typeparam>
/// <typeparam name="TFacts">The facts.</typeparam>
public sealed class FactSet<TKey, TFacts> : FactSet
    where TKey : notnull
    where TFacts : class, IMergeable<TFacts>
{
    private readonly FactKind<TKey, TFacts> _kind;
    private readonly Dictionary<TKey, TFacts> _facts = [];

    internal FactSet(FactKind<TKey, TFacts> kind)
        : base(kind) => _kind = kind;

    /// <summary>The facts, in no order.</summary>
    public IReadOnlyDictionary<TKey, TFacts> Facts => _facts;

    /// <inheritdoc/>
    public override int Count => _facts.Count;

    /// <summary>Adds facts.</summary>
    public void Add(TFacts facts)
    {
        ref TFacts? state = ref CollectionsMarshal.GetValueRefOrAddDefault(_facts, _kind.KeyOf(facts), out bool known);
        state = known ? state!.Merge(facts) : facts;
    }

    internal override void Fold(Observation observation)
    {
        if (_kind.Fold(observation) is { } facts)
        {
            Add(facts);
        }
    }

    internal override void Add(object facts) => Add((TFacts)facts);

    internal override void AddAll(FactSet other)
    {
        foreach (TFacts facts in ((FactSet<TKey, TFacts>)other)._facts.Values)
        {
            Add(facts);
        }
    }

    internal override void Clear() => _facts.Clear();

    internal override IEnumerable<EntityFacts> InOrder() =>
        _facts.OrderBy(entry => entry.Key, _kind.Order).Select(entry => new EntityFacts(_kind, entry.Value));

    internal override object? Find(string key) => typeof(TKey) == typeof(string) ? _facts.GetValueOrDefault((TKey)(object)key) : null;

    internal override IEnumerable<EntityFacts> Hops() => _kind.Hops is { } hops ? _facts.Values.SelectMany(hops) : [];

    internal override IEnumerable<ProcessVerdict> Judge(FactSet told, EntityStates companions, DetectionSettings settings)
    {
        if (_kind.Judge is not { } judge)
        {
            yield break;
        }

        Dictionary<TKey, TFacts> others = ((FactSet<TKey, TFacts>)told)._facts;
        FactSet? travelling = _kind.Companion is { } companion ? companions.Of(companion) : null;
        foreach ((TKey key, TFacts facts) in _facts)
        {
            TFacts all = others.TryGetValue(key, out TFacts? other) ? facts.Merge(other) : facts;
            yield return judge(travelling is null ? all : (TFacts)_kind.Join(all, travelling.Find), settings);
        }

        foreach ((_, TFacts facts) in others.Where(entry => !_facts.ContainsKey(entry.Key)))
        {
            yield return judge(travelling is null ? facts : (TFacts)_kind.Join(facts, travelling.Find), settings);
        }
    }

    internal override int CountWithout(FactSet other) => _facts.Keys.Count(key => !((FactSet<TKey, TFacts>)other)._facts.ContainsKey(key));
}
