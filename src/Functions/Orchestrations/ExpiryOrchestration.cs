using CipherWatch.Functions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Orchestrations;

/// <summary>What is to be forgotten.</summary>
/// <param name="IdleSince">Entities that nothing was told since then.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
public sealed record Expiry(DateTimeOffset IdleSince, string? After);

/// <summary>
/// Has idle entities forget what they know, page by page. Each looks itself whether it is still as it was found, so that facts that came
/// between are kept; nothing is judged, published or withdrawn.
/// </summary>
public static class ExpiryOrchestration
{
    /// <summary>The operation that entities have for it.</summary>
    private const string Operation = "Expire";

    /// <summary>Goes through one page, and goes on with the next as a new run, so that its history stays short.</summary>
    [Function(nameof(ExpiryOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Expiry expiry = context.GetInput<Expiry>() ?? throw new InvalidOperationException("An expiry needs a time.");
        IdlePage page = await context.CallActivityAsync<IdlePage>(nameof(ListIdleEntities), expiry, PublishDetections.Retries);
        await Task.WhenAll(page.Idle.Select(entity => ExpireAsync(context, entity)));
        if (page.Next is { } next)
        {
            context.ContinueAsNew(expiry with { After = next });
            return;
        }

        await context.CallActivityAsync(nameof(CleanEntities), options: PublishDetections.Retries);
    }

    private static async Task ExpireAsync(TaskOrchestrationContext context, IdleEntity entity)
    {
        try
        {
            await context.Entities.CallEntityAsync<bool>(new EntityInstanceId(entity.Name, entity.Key), Operation, entity.Mark);
        }
        catch (EntityOperationFailedException)
        {
            // Tomorrow again: nothing waits for it.
        }
    }
}
