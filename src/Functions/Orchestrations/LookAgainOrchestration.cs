using CipherWatch.Core.Pipeline.Delivery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CipherWatch.Functions.Orchestrations;

/// <summary>
/// Looks again at the entities that asked the journal: what explains a flow may be read after the flow was, from another partition or a
/// sensor that lags. What comes within the last wait counts; what comes later does when the entity has its next batch.
/// </summary>
public static class LookAgainOrchestration
{
    /// <summary>When, counted from the look before: in all a day and some. The horizon that docs/architecture.md states.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(23)];

    /// <summary>Waits, and delivers facts that say nothing, so that the entities ask and answer anew.</summary>
    [Function(nameof(LookAgainOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BatchPart entities = context.GetInput<BatchPart>()
            ?? throw new InvalidOperationException("An orchestration needs the entities to look at.");
        foreach (TimeSpan wait in Waits)
        {
            await context.CreateTimer(wait, CancellationToken.None);
            await BatchOrchestration.DeliverAsync(context, entities);
        }
    }
}
