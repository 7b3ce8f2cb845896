using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Health;

/// <summary>Keeps once a minute what this instance has seen: a request a minute of an instance that works.</summary>
public sealed class HealthFlush(InstanceTally tally, IHealthStore store, TimeProvider clock, ILogger<HealthFlush> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Days that what was seen is kept; whoever asks is told of today and yesterday.</summary>
    private const int KeptDays = 7;

    /// <summary>The process: no other has its number on this machine at this time.</summary>
    private readonly string _instance = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{clock.GetUtcNow().UtcTicks}");

    private long _written;
    private DateOnly _forgotten;

    /// <summary>Keeps it where something was added.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (tally.Changed(_written) is not { } changed)
        {
            return;
        }

        try
        {
            await store.KeepAsync(changed.Day, _instance, changed.Json, cancellationToken).ConfigureAwait(false);
            _written = changed.Changes;
            if (_forgotten != changed.Day)
            {
                await store.ForgetAsync(changed.Day.AddDays(-KeptDays), cancellationToken).ConfigureAwait(false);
                _forgotten = changed.Day;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: an exception here would end the worker.
            logger.LogWarning(exception, "What this instance has seen could not be kept");
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await FlushAsync(stoppingToken).ConfigureAwait(false);
        }
    }
}
