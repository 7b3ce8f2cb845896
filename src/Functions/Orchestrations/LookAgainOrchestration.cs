using System.Text.Json.Serialization;
using CipherWatch.Core.Pipeline.Delivery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CipherWatch.Functions.Orchestrations;

/// <summary>What an orchestration looks at again, and when.</summary>
/// <param name="Facts">The entities: facts that say nothing but their keys.</param>
/// <param name="Waits">Waits before each look, counted from the one before; null for the usual ones.</param>
public sealed record LookAgain(
    [property: JsonPropertyName("f")] IReadOnlyList<EntityFacts> Facts,
    [property: JsonPropertyName("w")] IReadOnlyList<TimeSpan>? Waits = null)
{
    /// <summary>In all a day and some. The horizon that docs/architecture.md states.</summary>
    public static readonly IReadOnlyList<TimeSpan> UsualWaits = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(23)];
}

/// <summary>
/// Looks again at the entities that asked the journal: what explains a flow may be read after the flow was, from another partition or a
/// sensor that lags. What comes within the last wait counts; what comes later does when the entity has its next batch.
/// </summary>
public static class LookAgainOrchestration
{
    /// <summary>Waits, and delivers facts that say nothing, so that the entities ask and answer anew.</summary>
    [Function(nameof(LookAgainOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        LookAgain again = context.GetInput<LookAgain>()
            ?? throw new InvalidOperationException("An orchestration needs the entities to look at.");
        foreach (TimeSpan wait in again.Waits ?? LookAgain.UsualWaits)
        {
            await context.CreateTimer(wait, CancellationToken.None);
            await BatchOrchestration.DeliverAsync(context, new(again.Facts));
        }
    }
}
