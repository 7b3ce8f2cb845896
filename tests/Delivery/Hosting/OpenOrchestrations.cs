using CipherWatch.DeliveryWorker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>The orchestrations of a run that have not ended.</summary>
internal static class OpenOrchestrations
{
    private static readonly OrchestrationQuery Query = new()
    {
        Statuses = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running],
        PageSize = 1000,
    };

    /// <summary>Each with its name, id and status.</summary>
    public static async Task<List<string>> ListAsync(BackendClient client, CancellationToken stop)
    {
        List<string> open = [];
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(Query).WithCancellation(stop))
        {
            open.Add($"{instance.Name} {instance.InstanceId} {instance.RuntimeStatus}");
        }

        return open;
    }
}
