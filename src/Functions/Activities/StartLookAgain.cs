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
public sealed class StartLookAgain(LookAgainWaits waits)
{
    /// <summary>Starts it where it was not started before.</summary>
    [Function(nameof(StartLookAgain))]
    public Task RunAsync(
        [ActivityTrigger] LookAgainRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return client.StartOnceAsync(
            nameof(LookAgainOrchestration), request.InstanceId, new LookAgain(request.Entities.Facts, waits.Waits), cancellationToken);
    }
}
