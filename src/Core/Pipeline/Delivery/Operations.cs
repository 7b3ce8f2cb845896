using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline.Journal;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>Everything that an entity's state implies now, not only what changed.</summary>
/// <param name="Detections">Each with its revision; those that are no longer implied, withdrawn.</param>
/// <param name="Hops">What entities of other kinds are told.</param>
/// <param name="Ask">What the entity asks the journal before it is published; null where it asks nothing.</param>
/// <param name="Words">What it says of the prevalence of its program; null where it says nothing.</param>
public sealed record EntityAnswer(
    [property: JsonPropertyName("d")] IReadOnlyList<Detection> Detections,
    [property: JsonPropertyName("h")] IReadOnlyList<EntityFacts> Hops,
    [property: JsonPropertyName("q")] JournalAsk? Ask = null,
    [property: JsonPropertyName("w")] PrevalenceFacts? Words = null);

/// <summary>Detections to publish.</summary>
/// <param name="Detections">In order of time, then id.</param>
public sealed record Publication([property: JsonPropertyName("d")] IReadOnlyList<Detection> Detections);

/// <summary>What an entity asks the journal.</summary>
/// <param name="Entity">Who asks: facts that say nothing but its key.</param>
/// <param name="Ask">What it asks.</param>
public sealed record JournalQuestion(
    [property: JsonPropertyName("e")] EntityFacts Entity, [property: JsonPropertyName("q")] JournalAsk Ask);

/// <summary>What entities ask the journal in one round.</summary>
/// <param name="Questions">One an entity.</param>
public sealed record JournalQuestions([property: JsonPropertyName("q")] IReadOnlyList<JournalQuestion> Questions)
{
    /// <summary>What each is told, whether there is anything to tell or not.</summary>
    /// <param name="find">Reads the journal, or what of it may answer, into a query.</param>
    public BatchPart Answer(Action<JournalQuery> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        (JournalQuery query, Func<BatchPart> answer) = Prepare();
        find(query);
        return answer();
    }

    /// <summary>The query to read the journal into, and what each is told once that is done.</summary>
    public (JournalQuery Query, Func<BatchPart> Answer) Prepare()
    {
        JournalQuery query = new();
        JournalAnswer[] answers = [.. Questions.Select(question => query.Add(question.Ask))];
        return (query, () => new([.. Questions.Zip(answers, (question, answer) => question.Entity with
        {
            Facts = question.Entity.Kind.Answer(question.Entity.Facts, question.Ask, answer),
            IsInformed = true,
        })]));
    }
}

/// <summary>The facts that one orchestration delivers: one operation an entity.</summary>
/// <param name="Facts">By kind, then key.</param>
public sealed record BatchPart([property: JsonPropertyName("f")] IReadOnlyList<EntityFacts> Facts)
{
    /// <summary>Entities it calls in its own right.</summary>
    [JsonIgnore]
    public int Count => Facts.Count;
}
