using Microsoft.Extensions.Hosting;

namespace CipherWatch.Functions.Settings;

/// <summary>Looks for other settings while the app runs.</summary>
public sealed class SettingsPoll(LiveSettings settings, TimeProvider clock) : BackgroundService
{
    /// <summary>Reads them before the first event comes.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await settings.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(LiveSettings.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await settings.RefreshAsync(stoppingToken).ConfigureAwait(false);
        }
    }
}
