using System.Runtime.InteropServices;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>Facts of one kind by entity.</summary>
/// <param name="kind">The kind.</param>
public abstract class FactSet(FactKind kind)
{
    /// <summary>Bytes of facts of one kind that a run holds in memory, as the kinds reckon them; what is above is spilled.</summary>
    public const int MaxHeldBytes = 64 << 20;

    /// <summary>The kind.</summary>
    public FactKind Kind => kind;

    /// <summary>How many entities there are facts of in memory.</summary>
    public abstract int Count { get; }

    /// <summary>Adds what an observation says; whether that is the first of its entity.</summary>
    internal abstract bool Fold(Observation observation, FlowRoute route);

    /// <summary>Adds facts.</summary>
    internal abstract void Add(object facts);

    /// <summary>Adds all facts of another set of the kind, which holds them in memory.</summary>
    internal abstract void AddAll(FactSet other);

    /// <summary>Forgets everything.</summary>
    internal abstract void Clear();

    /// <summary>All facts that are held in memory, in the order of their keys.</summary>
    internal abstract IEnumerable<EntityFacts> InOrder();

    /// <summary>The facts of one entity; null where there are none, or where entities are not told apart by text.</summary>
    internal abstract object? Find(string key);

    /// <summary>Judges every entity by its facts, by what it was told and by what the journal says, and tells others.</summary>
    internal abstract void Assess(AssessmentRun run);
}

/// <summary>Facts of one kind by entity.</summary>
/// <typeparam name="TKey">What entities are told apart by.</typeparam>
/// <typeparam name="TFacts">The facts.</typeparam>
public sealed class FactSet<TKey, TFacts> : FactSet
    where TKey : notnull
    where TFacts : class, IMergeable<TFacts>
{
    private readonly FactKind<TKey, TFacts> _kind;
    private readonly int _maxHeld;
    private Dictionary<TKey, TFacts> _facts = [];
    private SpilledFacts<TKey, TFacts>? _spilled;

    internal FactSet(FactKind<TKey, TFacts> kind, int maxHeldBytes)
        : base(kind)
    {
        _kind = kind;

        // What travels with others' facts is looked up at any time.
        _maxHeld = kind.TravelsWithOthers ? int.MaxValue : maxHeldBytes / kind.HeldBytes;
    }

    /// <summary>The facts that are held in memory, in no order.</summary>
    public IReadOnlyDictionary<TKey, TFacts> Facts => _facts;

    /// <inheritdoc/>
    public override int Count => _facts.Count;

    /// <summary>Adds facts.</summary>
    /// <returns>Whether they are the first of their entity.</returns>
    public bool Add(TFacts facts)
    {
        ref TFacts? state = ref CollectionsMarshal.GetValueRefOrAddDefault(_facts, _kind.KeyOf(facts), out bool known);
        state = known ? state!.Merge(facts) : facts;
        if (!known && _facts.Count > _maxHeld)
        {
            Spill();
        }

        return !known;
    }

    internal override bool Fold(Observation observation, FlowRoute route) => _kind.Fold(observation, route) is { } facts && Add(facts);

    internal override void Add(object facts) => Add((TFacts)facts);

    internal override void AddAll(FactSet other)
    {
        foreach (TFacts facts in ((FactSet<TKey, TFacts>)other)._facts.Values)
        {
            Add(facts);
        }
    }

    internal override void Clear()
    {
        _facts.Clear();
        _spilled?.Dispose();
        _spilled = null;
    }

    internal override IEnumerable<EntityFacts> InOrder() =>
        _facts.OrderBy(entry => entry.Key, _kind.Order).Select(entry => new EntityFacts(_kind, entry.Value));

    internal override object? Find(string key) => typeof(TKey) == typeof(string) ? _facts.GetValueOrDefault((TKey)(object)key) : null;

    internal override void Assess(AssessmentRun run)
    {
        FactSet<TKey, TFacts> told = run.Told.Of(_kind);
        Forward(run, told);
        List<(TFacts Facts, JournalAsk Ask, JournalAnswer Answer)> asking = [];
        JournalQuery query = new();
        run.Hops[Kind] += told.Kept().Sum(cut => (long)cut.Count);
        foreach (Dictionary<TKey, TFacts> cut in Kept(told))
        {
            run.Entities += cut.Count;
            foreach (TFacts facts in cut.Values)
            {
                TFacts all = (TFacts)_kind.Join(facts, run.Companions(_kind));
                run.Prevalence.Add(_kind.Words?.Invoke(all, all) ?? []);
                ProcessVerdict verdict = _kind.Judge?.Invoke(all, run.Settings) ?? ProcessVerdict.Nothing;
                if (_kind.Asks?.Invoke(all, verdict) is { } ask)
                {
                    asking.Add((all, ask, query.Add(ask)));
                }
                else
                {
                    run.Conclude(_kind, all, verdict);
                }
            }
        }

        run.Journal.Find(query);
        query.Read(run.Prevalence);
        foreach ((TFacts facts, JournalAsk ask, JournalAnswer answer) in asking)
        {
            TFacts all = answer.IsEmpty ? facts : facts.Merge(_kind.Told!(facts, ask, answer));
            run.Conclude(_kind, all, _kind.Judge?.Invoke(all, run.Settings) ?? ProcessVerdict.Nothing);
        }
    }

    /// <summary>Tells entities of the kind what others of it hold for them, once the journal was asked.</summary>
    private void Forward(AssessmentRun run, FactSet<TKey, TFacts> told)
    {
        if (_kind.Forwards is not { } forwards)
        {
            return;
        }

        List<(TFacts Facts, JournalAsk Ask, JournalAnswer Answer)> asking = [];
        JournalQuery query = new();
        foreach (TFacts facts in Kept(told).SelectMany(cut => cut.Values))
        {
            if (_kind.Asks!(facts, ProcessVerdict.Nothing) is { } ask)
            {
                asking.Add((facts, ask, query.Add(ask)));
            }
        }

        run.Journal.Find(query);
        foreach (TFacts forward in asking.SelectMany(
            asked => forwards(asked.Facts.Merge(_kind.Told!(asked.Facts, asked.Ask, asked.Answer)))))
        {
            told.Add(forward);
        }
    }

    /// <summary>All facts, cut by a hash of their keys where not all are in memory.</summary>
    private IEnumerable<Dictionary<TKey, TFacts>> Kept(FactSet<TKey, TFacts>? told = null)
    {
        if (_spilled is null && told?._spilled is null)
        {
            if (told is null || told.Count == 0)
            {
                yield return _facts;
                yield break;
            }

            yield return Joined(new(_facts), told._facts.Values);
            yield break;
        }

        Spill();
        told?.Spill();
        for (int cut = 0; cut < SpilledFacts<TKey, TFacts>.Cuts; cut++)
        {
            Dictionary<TKey, TFacts> facts = [];
            _spilled!.Read(cut, one => Join(facts, one));
            told?._spilled!.Read(cut, one => Join(facts, one));
            yield return facts;
        }
    }

    private Dictionary<TKey, TFacts> Joined(Dictionary<TKey, TFacts> facts, IEnumerable<TFacts> others)
    {
        foreach (TFacts other in others)
        {
            Join(facts, other);
        }

        return facts;
    }

    private void Join(Dictionary<TKey, TFacts> facts, TFacts other)
    {
        ref TFacts? state = ref CollectionsMarshal.GetValueRefOrAddDefault(facts, _kind.KeyOf(other), out bool known);
        state = known ? state!.Merge(other) : other;
    }

    private void Spill()
    {
        _spilled ??= new(_kind);
        _spilled.Add(_facts);
        _facts = [];
    }
}
