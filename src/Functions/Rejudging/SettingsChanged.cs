using CipherWatch.Functions.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Rejudging;

/// <summary>Has what is open judged again when other settings hold.</summary>
public sealed class SettingsChanged(LiveSettings settings, ISettingsStore store, ILogger<SettingsChanged> logger)
{
    /// <summary>Looks once a minute; starts one orchestration a change.</summary>
    [Function(nameof(SettingsChanged))]
    public async Task RunAsync(
        [TimerTrigger("30 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!settings.IsShared)
        {
            return;
        }

        string version = settings.Current.Detection.Version;
        string? judged = await store.ReadJudgedAsync(cancellationToken).ConfigureAwait(false);
        if (version == judged)
        {
            return;
        }

        string id = $"rejudge-{version}-{judged ?? "none"}";
        if (await client.GetInstanceAsync(id, cancellationToken).ConfigureAwait(false) is
            { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running })
        {
            return;
        }

        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RejudgeOrchestration), new RejudgeInput(version, null), new StartOrchestrationOptions(id), cancellationToken)
            .ConfigureAwait(false);
        logger.LogInformation("Settings version {Version} holds: what is open is judged again as {InstanceId}", version, id);
    }
}
