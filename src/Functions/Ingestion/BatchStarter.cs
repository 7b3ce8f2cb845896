using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Ingestion;

/// <summary>Starts the orchestrations of a batch, each under an id made of what it delivers.</summary>
/// <remarks>
/// Starting an id that runs throws, and starting one that has completed runs it again. So an instance is looked for first, and
/// again when a start fails, because a start that fails may have started. Between the look and the start another reader may start
/// the same one: then it runs twice, which changes nothing.
/// </remarks>
public sealed class BatchStarter(ILogger<BatchStarter> logger)
{
    /// <summary>Starts what has not been started.</summary>
    /// <returns>The ids of all orchestrations of the batch, those that were started before among them.</returns>
    public async Task<IReadOnlyList<string>> StartAsync(
        DurableTaskClient client, string batchId, EntityStates facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        IReadOnlyList<BatchPart> parts = BatchPlan.Split(facts);
        List<string> instances = [];
        for (int index = 0; index < parts.Count; index++)
        {
            string id = BatchId.Part(batchId, index, parts[index]);
            instances.Add(id);
            if (await IsUnderWayAsync(client, id, cancellationToken).ConfigureAwait(false))
            {
                logger.LogInformation("Orchestration {InstanceId} was started before", id);
                continue;
            }

            await StartAsync(client, id, parts[index], cancellationToken).ConfigureAwait(false);
        }

        return instances;
    }

    private async Task StartAsync(DurableTaskClient client, string id, BatchPart part, CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(BatchOrchestration), part, new StartOrchestrationOptions(InstanceId: id), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (!await IsUnderWayAsync(client, id, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            logger.LogWarning(exception, "Starting orchestration {InstanceId} failed, but it is under way", id);
        }
    }

    /// <summary>Whether an orchestration runs or has completed. One that failed or was terminated has not delivered its part.</summary>
    private static async Task<bool> IsUnderWayAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(id, cancellationToken).ConfigureAwait(false) is { } instance
        && instance.RuntimeStatus is not (OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated);
}
