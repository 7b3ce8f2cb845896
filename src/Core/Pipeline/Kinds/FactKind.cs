using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Kinds;

/// <summary>
/// A kind of fact, and of the entity that keeps it: one row of <see cref="FactKinds"/>. Folding, delivery, judgement and state go through
/// the rows and know none of them by name.
/// </summary>
/// <param name="name">The kind's name: of its operations, of its entity, and in JSON.</param>
/// <param name="rounds">The rounds in which entities of the kind are called, ascending; the round after each is for what the journal
/// says.</param>
public abstract class FactKind(string name, IReadOnlyList<int> rounds)
{
    /// <summary>The kind's name: of its operations, of its entity, and in JSON.</summary>
    public string Name => name;

    /// <summary>
    /// The rounds in which entities of the kind are called, ascending. What an entity tells another is delivered in the next round of
    /// the other's kind: facts go one way, and there is no cycle.
    /// </summary>
    public IReadOnlyList<int> Rounds => rounds;

    /// <summary>Whether facts of the kind travel with those of others.</summary>
    internal abstract bool IsCompanion { get; }

    /// <summary>An empty set of such facts.</summary>
    /// <param name="maxHeldBytes">Bytes held in memory, as <see cref="FactKind{TKey, TFacts}.HeldBytes"/> reckons them; what is above is
    /// spilled.</param>
    internal abstract FactSet CreateSet(int maxHeldBytes);

    /// <summary>The key of the entity that facts are of, as text.</summary>
    internal abstract string KeyText(object facts);

    /// <summary>What two facts of one entity say together.</summary>
    internal abstract object Merge(object left, object right);

    /// <summary>The same facts with those that travel with them, where they have not got them.</summary>
    internal abstract object Join(object facts, Func<string, object?> companions);

    /// <summary>The key of what travels with facts; null where nothing does.</summary>
    internal abstract string? CompanionOf(object facts);

    /// <summary>The kind of what travels with facts of this one; null where nothing does.</summary>
    internal abstract FactKind? Companion { get; }

    /// <summary>Facts that say nothing of the entity whose key is a text, for a kind that travels with others' facts.</summary>
    internal abstract object Nothing(string key);

    /// <summary>Facts that say nothing of the entity that facts are of.</summary>
    internal abstract object NothingOf(object facts);

    /// <summary>
    /// An operation that tells an entity nothing, so that it judges again; null for a kind that is never judged, or a state without facts.
    /// </summary>
    /// <param name="state">The entity's state as JSON.</param>
    internal abstract EntityFacts? Reassess(string state);

    /// <summary>The mark of a state, read from its JSON.</summary>
    internal abstract string Mark(string state);

    /// <summary>Writes facts as JSON.</summary>
    internal abstract void Write(Utf8JsonWriter writer, object facts);

    /// <summary>Reads facts from JSON.</summary>
    internal abstract object Read(ref Utf8JsonReader reader);

    /// <summary>What the journal's answer adds to the facts of the entity that asked.</summary>
    internal abstract object Answer(object facts, JournalAsk ask, JournalAnswer answer);

    /// <summary>Adds the converters of its facts and of the states that hold them.</summary>
    internal abstract void AddTo(ICollection<JsonConverter> converters);

    /// <summary>How its facts and the states that hold them are written and read; null for other types.</summary>
    internal abstract JsonTypeInfo? TypeInfo(Type type, JsonSerializerOptions options);
}

/// <summary>A kind of fact: what differs between kinds, and nothing else.</summary>
/// <typeparam name="TKey">What its entities are told apart by.</typeparam>
/// <typeparam name="TFacts">The facts.</typeparam>
/// <param name="name">The kind's name.</param>
/// <param name="rounds">The rounds in which entities of the kind are called.</param>
public sealed class FactKind<TKey, TFacts>(string name, params IReadOnlyList<int> rounds) : FactKind(name, rounds)
    where TKey : notnull
    where TFacts : class, IMergeable<TFacts>
{
    /// <summary>Whose facts they are.</summary>
    public required Func<TFacts, TKey> KeyOf { get; init; }

    /// <summary>A key as text.</summary>
    public required Func<TKey, string> TextOf { get; init; }

    /// <summary>The order in which a batch's facts are delivered.</summary>
    public required IComparer<TKey> Order { get; init; }

    /// <summary>What an observation says, given where what it says of a flow goes; null where it says nothing of this kind.</summary>
    public required Func<Observation, FlowRoute, TFacts?> Fold { get; init; }

    /// <summary>
    /// About how many bytes facts of one entity take in memory: what a run's bound is reckoned by. Measured, docs/capacity.md.
    /// </summary>
    public required int HeldBytes { get; init; }

    /// <summary>How they are written and read.</summary>
    internal FactsConverter<TFacts> Converter { get; init; } = null!;

    /// <summary>What other entities of the kind are told; null where none is. What was told so is told no further.</summary>
    internal Func<TFacts, IEnumerable<TFacts>>? Forwards { get; init; }

    /// <summary>What entities of other kinds are told; null where none is.</summary>
    internal Func<TFacts, IEnumerable<EntityFacts>>? Hops { get; init; }

    /// <summary>What the facts imply; null where a kind is never judged.</summary>
    internal Func<TFacts, DetectionSettings, ProcessVerdict>? Judge { get; init; }

    /// <summary>What the journal is asked for before what the facts imply is published; null where nothing is.</summary>
    internal Func<TFacts, ProcessVerdict, JournalAsk?>? Asks { get; init; }

    /// <summary>What the journal's answer adds to the facts of the entity that asked.</summary>
    internal Func<TFacts, JournalAsk, JournalAnswer, TFacts>? Told { get; init; }

    /// <summary>
    /// What all facts of an entity say of the prevalence of its program that may be new once it was told some of them; null where nothing.
    /// </summary>
    internal Func<TFacts, TFacts, IEnumerable<PrevalenceWord>>? Words { get; init; }

    /// <summary>
    /// What entities of other kinds are told of what is said now, given what was said before; null where none is.
    /// </summary>
    internal Func<EntityState<TFacts>, EntityState<TFacts>, ProcessVerdict, (SaidMarks Said, IEnumerable<EntityFacts> Hops)>? HopsOfVerdict
    {
        get;
        init;
    }

    /// <summary>
    /// Facts of days before this were crowded out by later ones: what was published of them stands. Null where none were.
    /// </summary>
    internal Func<TFacts, DateOnly?> SettledBefore { get; init; } = static _ => null;

    /// <summary>Whether facts that a detection was published of were crowded out by others than those of later days: it stands.</summary>
    internal Func<TFacts, OutboxEntry, bool> IsSettled { get; init; } = static (_, _) => false;

    /// <summary>The form in which a detection that is no longer implied is published.</summary>
    internal Func<OutboxEntry, TFacts, DetectionSettings, Detection>? Withdraw { get; init; }

    /// <summary>What travels with the facts, so that they are judged by all that is known of it.</summary>
    internal Companion<TFacts>? With { get; init; }

    /// <summary>Facts that say nothing of an entity.</summary>
    public required Func<TKey, TFacts> Empty { get; init; }

    /// <summary>Whether facts of the kind travel with those of others, and its entities answer all that they know.</summary>
    internal bool TravelsWithOthers { get; init; }

    internal override bool IsCompanion => TravelsWithOthers;

    internal override FactKind? Companion => With?.Kind;

    internal override FactSet CreateSet(int maxHeldBytes) => new FactSet<TKey, TFacts>(this, maxHeldBytes);

    internal override string KeyText(object facts) => TextOf(KeyOf((TFacts)facts));

    internal override object Merge(object left, object right) => ((TFacts)left).Merge((TFacts)right);

    internal override object Join(object facts, Func<string, object?> companions) =>
        With is { } with && companions(with.KeyOf((TFacts)facts)) is { } companion ? with.Join((TFacts)facts, companion) : facts;

    internal override string? CompanionOf(object facts) => With?.KeyOf((TFacts)facts);

    internal override object Nothing(string key) => Empty((TKey)(object)key);

    internal override object NothingOf(object facts) => Empty(KeyOf((TFacts)facts));

    internal override EntityFacts? Reassess(string state) =>
        Judge is not null && FactsJson.Deserialize<EntityState<TFacts>>(state).Facts is { } facts ? new(this, NothingOf(facts)) : null;

    internal override string Mark(string state) => EntityExpiry.Mark(FactsJson.Deserialize<EntityState<TFacts>>(state));

    internal override void Write(Utf8JsonWriter writer, object facts) => Converter.Write(writer, (TFacts)facts);

    internal override object Read(ref Utf8JsonReader reader) => Converter.Read(ref reader);

    internal override object Answer(object facts, JournalAsk ask, JournalAnswer answer) => Told!((TFacts)facts, ask, answer);

    internal override void AddTo(ICollection<JsonConverter> converters)
    {
        converters.Add(Converter);
        converters.Add(new EntityStateConverter<TFacts>(Converter));
    }

    internal override JsonTypeInfo? TypeInfo(Type type, JsonSerializerOptions options) =>
        type == typeof(TFacts) ? JsonMetadataServices.CreateValueInfo<TFacts>(options, Converter)
        : type == typeof(EntityState<TFacts>)
            ? JsonMetadataServices.CreateValueInfo<EntityState<TFacts>>(options, new EntityStateConverter<TFacts>(Converter))
        : type == typeof(EntityFacts) ? JsonMetadataServices.CreateValueInfo<EntityFacts>(options, new EntityFactsConverter())
        : null;
}

/// <summary>Facts of another kind that travel with facts.</summary>
/// <param name="Kind">The other kind.</param>
/// <param name="KeyOf">The key of the companion.</param>
/// <param name="Join">The facts with what the companion says.</param>
internal sealed record Companion<TFacts>(FactKind Kind, Func<TFacts, string> KeyOf, Func<TFacts, object, TFacts> Join);
