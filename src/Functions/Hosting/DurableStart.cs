using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Hosting;

/// <summary>Starts orchestrations, each once.</summary>
internal static class DurableStart
{
    /// <summary>
    /// What an instance may be in for its id not to be started again: one that failed or was terminated has not delivered. All that
    /// say it is under way are named, because the backend terminates what runs in a status that is not.
    /// </summary>
    private static readonly string[] Started =
    [
        nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended), nameof(OrchestrationRuntimeStatus.Completed),
    ];

    /// <summary>Starts an orchestration where its id is not known yet; the backend tells in the same call.</summary>
    /// <returns>Whether it was started now.</returns>
    /// <remarks>Throws where the backend is out. Then it may be started or not, and the same call again settles it.</remarks>
    public static async Task<bool> StartOnceAsync(
        this DurableTaskClient client, string orchestration, string id, object input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestration, input, new StartOrchestrationOptions(id) { DedupeStatuses = Started }, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
