using System.Text.Json.Serialization;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Activities;

/// <summary>What to look at again.</summary>
/// <param name="InstanceId">Id of the orchestration that does it.</param>
/// <param name="Entities">The entities.</param>
public sealed record LookAgainRequest(
    [property: JsonPropertyName("i")] string InstanceId, [property: JsonPropertyName("e")] BatchPart Entities);

/// <summary>Starts an orchestration that looks again, once.</summary>
public static class StartLookAgain
{
    /// <summary>Starts it where it was not started before.</summary>
    [Function(nameof(StartLookAgain))]
    public static async Task RunAsync(
        [ActivityTrigger] LookAgainRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        if (await client.GetInstanceAsync(request.InstanceId, cancellationToken).ConfigureAwait(false) is null)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(LookAgainOrchestration), request.Entities, new StartOrchestrationOptions(
                    request.InstanceId), cancellationToken).ConfigureAwait(false);
        }
    }
}
