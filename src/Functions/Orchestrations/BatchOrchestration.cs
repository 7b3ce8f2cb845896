using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Entities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CipherWatch.Functions.Orchestrations;

/// <summary>
/// Delivers one part of a batch: calls each entity once a round, asks the journal for those that want to know before they are published,
/// and publishes what they answer. Which entities a round calls, and with what, <see cref="Rounds"/> says; there are no cycles.
/// </summary>
/// <remarks>
/// Calls, not signals: a signal in flight when the worker dies is lost with its whole batch, and a call is not. All that is called
/// and published may run twice and changes nothing the second time. What is given up in the end becomes a dead letter, and the batch ends.
/// </remarks>
public static class BatchOrchestration
{
    /// <summary>Delivers one part of a batch.</summary>
    [Function(nameof(BatchOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BatchPart part = context.GetInput<BatchPart>() ?? throw new InvalidOperationException("An orchestration needs a part of a batch.");
        try
        {
            Rounds rounds = await DeliverAsync(context, part);
            if (rounds.LookAgain is { } again)
            {
                // Not waited for: this batch is delivered. The id is made of this one's, so that a repetition starts it once.
                await context.CallActivityAsync(
                    nameof(StartLookAgain), new LookAgainRequest($"{context.InstanceId}-again", again), PublishDetections.Retries);
            }
        }
        catch (TaskFailedException exception)
        {
            // The journal, or every sink, was out for the better part of a day. The entities have the facts; what asks them again is kept.
            await KeepAsync(context, new(context.InstanceId, exception.FailureDetails.ErrorMessage, part.Facts));
        }
    }

    /// <summary>Goes through the rounds of one part and publishes.</summary>
    internal static async Task<Rounds> DeliverAsync(TaskOrchestrationContext context, BatchPart part)
    {
        EntityCalls calls = new(context);
        Rounds rounds = new(part);
        for (int round = 0; round < FactKinds.Rounds; round++)
        {
            IReadOnlyList<EntityFacts> operations = rounds.Calls(round);
            if (operations.Count == 0)
            {
                continue;
            }

            EntityAnswer?[] answers = await Task.WhenAll(operations.Select(operation =>
                calls.CallAsync<EntityAnswer>(EntityNames.Of(operation.Kind), operation)));
            JournalQuestions asked = rounds.Answered(round, operations, answers);
            if (rounds.TakeWords() is { } words)
            {
                await KeepWordsAsync(context, words);
            }

            if (asked.Questions.Count > 0)
            {
                rounds.Found(round, await context.CallActivityAsync<BatchPart>(nameof(FindInJournal), asked, PublishDetections.Retries));
            }
        }

        if (rounds.Publication is { Detections.Count: > 0 } publication)
        {
            await context.CallActivityAsync(nameof(PublishDetections), publication, PublishDetections.Retries);
        }

        // Only now: what the other entities said is published whatever became of one.
        if (calls.GivenUp is { } givenUp)
        {
            await KeepAsync(context, givenUp);
        }

        return rounds;
    }

    private static async Task KeepWordsAsync(TaskOrchestrationContext context, PrevalenceFacts words)
    {
        try
        {
            await context.CallActivityAsync(nameof(KeepPrevalence), words, KeepPrevalence.Retries);
        }
        catch (TaskFailedException)
        {
            // Findings say less without, and none waits for it: processes say the same with their next batch. The host logs why.
        }
    }

    private static Task KeepAsync(TaskOrchestrationContext context, Undelivered undelivered) =>
        context.CallActivityAsync(nameof(KeepUndelivered), undelivered, PublishDetections.Retries);
}
