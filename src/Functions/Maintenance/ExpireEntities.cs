using System.Globalization;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Maintenance;

/// <summary>Once a day has entities forget what has been idle for long.</summary>
public sealed class ExpireEntities(TimeProvider clock)
{
    /// <summary>
    /// Days without a batch after which an entity is forgotten. What was published of it stands: only what comes later is judged without
    /// what was known before.
    /// </summary>
    internal const int IdleDays = 30;

    /// <summary>Starts the day's orchestration, once.</summary>
    [Function(nameof(ExpireEntities))]
    public Task RunAsync(
        [TimerTrigger("0 47 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string id = string.Create(CultureInfo.InvariantCulture, $"expiry-{now.UtcDateTime:yyyyMMdd}");
        return client.StartOnceAsync(nameof(ExpiryOrchestration), id, new Expiry(now.AddDays(-IdleDays), null), cancellationToken);
    }
}
