using CipherWatch.DeliveryWorker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>The orchestrations of a run that have not ended.</summary>
internal static class OpenOrchestrations
{
    private static readonly OrchestrationQuery Query = new()
    {
#pragma warning disable CS0618 // The Azure Storage backend still writes it, for a moment between two runs of one orchestration.
        Statuses = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.ContinuedAsNew],
#pragma warning restore CS0618
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
