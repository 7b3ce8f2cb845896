using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Settings;
using Microsoft.Azure.Functions.Worker;
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

        // Settings that go back and forth come to the same id again: what has ended under it is no reason not to judge.
        string id = $"rejudge-{version}-{judged ?? "none"}";
        if (await client.StartUnlessUnderWayAsync(nameof(RejudgeOrchestration), id, new RejudgeInput(version, null), cancellationToken)
            .ConfigureAwait(false))
        {
            logger.LogInformation(
                "Settings version {Version} holds: what is open is judged again as {InstanceId}", version, id);
        }
    }
}
