using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Orchestrations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Ingestion;

/// <summary>
/// Starts the orchestrations of a batch, each under an id made of what it delivers, so that a batch read again starts none.
/// </summary>
/// <remarks>
/// Where too much of the lane is under way it waits, and fails in the end; what was started before that is known when it is tried again.
/// </remarks>
public sealed class BatchStarter(InFlight inFlight, ILogger<BatchStarter> logger)
{
    /// <summary>Starts what has not been started.</summary>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="lane">The partition, or the source of a request, within whose bound they are.</param>
    /// <param name="batchId">The batch's id.</param>
    /// <param name="facts">What it says.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>The ids of all orchestrations of the batch, those that were started before among them.</returns>
    public async Task<IReadOnlyList<string>> StartAsync(
        DurableTaskClient client, string lane, string batchId, EntityStates facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        IReadOnlyList<BatchPart> parts = BatchPlan.Split(facts);
        List<string> instances = [];
        for (int index = 0; index < parts.Count; index++)
        {
            instances.Add(await StartAsync(client, lane, batchId, index, parts[index], cancellationToken).ConfigureAwait(false));
        }

        return instances;
    }

    /// <summary>Starts one part where it has not been started.</summary>
    /// <returns>The id of its orchestration.</returns>
    public async Task<string> StartAsync(
        DurableTaskClient client, string lane, string batchId, int index, BatchPart part, CancellationToken cancellationToken)
    {
        string id = BatchId.Part(batchId, index, part);
        await inFlight.RoomAsync(client, lane, cancellationToken).ConfigureAwait(false);
        inFlight.Add(lane, id);
        if (!await client.StartOnceAsync(nameof(BatchOrchestration), id, part, cancellationToken).ConfigureAwait(false))
        {
            logger.LogInformation("Orchestration {InstanceId} was started before", id);
        }

        return id;
    }
}
