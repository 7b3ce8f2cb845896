using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Hosting;

/// <summary>Starts orchestrations, each once.</summary>
internal static class DurableStart
{
    /// <summary>
    /// What says that an instance is under way. Every start names all of them: the backend terminates what runs in a status that is not
    /// named.
    /// </summary>
    private static readonly string[] UnderWay =
    [
        nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    /// <summary>
    /// What an instance may be in for its id not to be started again: one that failed or was terminated has not delivered.
    /// </summary>
    private static readonly string[] Started = [.. UnderWay, nameof(OrchestrationRuntimeStatus.Completed)];

    /// <summary>Starts an orchestration where its id is not known yet; the backend tells in the same call.</summary>
    /// <returns>Whether it was started now.</returns>
    /// <remarks>Throws where the backend is out. Then it may be started or not, and the same call again settles it.</remarks>
    public static Task<bool> StartOnceAsync(
        this DurableTaskClient client, string orchestration, string id, object input, CancellationToken cancellationToken) =>
        StartAsync(client, orchestration, id, input, Started, cancellationToken);

    /// <summary>The same, for what may run again under its id once it has ended.</summary>
    /// <returns>Whether it was started now; false where it is under way.</returns>
    public static Task<bool> StartUnlessUnderWayAsync(
        this DurableTaskClient client, string orchestration, string id, object input, CancellationToken cancellationToken) =>
        StartAsync(client, orchestration, id, input, UnderWay, cancellationToken);

    private static async Task<bool> StartAsync(
        DurableTaskClient client, string orchestration, string id, object input, string[] unless, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestration, input, new StartOrchestrationOptions(id) { DedupeStatuses = unless }, cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
