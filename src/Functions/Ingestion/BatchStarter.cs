using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Orchestrations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Ingestion;

/// <summary>Starts the orchestrations of a batch, each under an id made of what it delivers, so that a batch read again starts none.</summary>
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
            if (!await client.StartOnceAsync(nameof(BatchOrchestration), id, parts[index], cancellationToken).ConfigureAwait(false))
            {
                logger.LogInformation("Orchestration {InstanceId} was started before", id);
            }
        }

        return instances;
    }
}
