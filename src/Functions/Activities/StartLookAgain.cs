using System.Text.Json.Serialization;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Activities;

/// <summary>What to look at again.</summary>
/// <param name="InstanceId">Id of the orchestration that does it.</param>
/// <param name="Entities">The entities.</param>
public sealed record LookAgainRequest(
    [property: JsonPropertyName("i")] string InstanceId, [property: JsonPropertyName("e")] BatchPart Entities);

/// <summary>When entities are looked at again.</summary>
/// <param name="Waits">Waits before each look, counted from the one before.</param>
public sealed record LookAgainWaits(IReadOnlyList<TimeSpan> Waits);

/// <summary>Starts an orchestration that looks again, once.</summary>
public sealed class StartLookAgain(LookAgainWaits waits, RecentLooks recent)
{
    /// <summary>Starts it where it was not started before, for the entities that no look covers yet.</summary>
    [Function(nameof(StartLookAgain))]
    public async Task RunAsync(
        [ActivityTrigger] LookAgainRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<EntityFacts> entities = recent.Uncovered(request.Entities.Facts);
        if (entities.Count == 0)
        {
            return;
        }

        await client.StartOnceAsync(
            nameof(LookAgainOrchestration), request.InstanceId, new LookAgain(entities, waits.Waits), cancellationToken)
                .ConfigureAwait(false);
        recent.Add(entities);
    }
}
