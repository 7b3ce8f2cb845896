using System.Text.Json.Serialization;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Activities;

/// <summary>What could not be delivered.</summary>
/// <param name="InstanceId">The orchestration that gave up.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="Facts">The operations that were not taken, or all of the part where it could not be published.</param>
public sealed record Undelivered(
    [property: JsonPropertyName("i")] string InstanceId,
    [property: JsonPropertyName("r")] string Reason,
    [property: JsonPropertyName("f")] IReadOnlyList<EntityFacts> Facts);

/// <summary>
/// Keeps facts that no entity took as a dead letter: the record they come from is long past, and the letter can be replayed.
/// </summary>
public sealed class KeepUndelivered(
    IDeadLetterStore store, InstanceTally instance, AppMeter meter, ILogger<KeepUndelivered> logger)
{
    /// <summary>The source of such letters: their bytes are facts, not telemetry.</summary>
    public const string Source = "undelivered";

    /// <summary>Keeps them; the same again changes nothing.</summary>
    [Function(nameof(KeepUndelivered))]
    public async Task RunAsync([ActivityTrigger] Undelivered undelivered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(undelivered);
        BatchPart part = new(undelivered.Facts);
        DeadLetter letter = new(new(undelivered.InstanceId, 0, 0), Source, undelivered.Reason, 0, FactsJson.SerializeToUtf8(part));

        // One orchestration may give up more than once: the name is that of what it gave up.
        string name = $"{Source}/requests/{BatchId.Part(undelivered.InstanceId, 0, part)}.ndjson";
        await store.KeepAsync(name, [new(new BodyOrigin(Source, null, null, null, null), letter)], cancellationToken).ConfigureAwait(false);
        instance.GaveUp(part.Count);
        meter.Undelivered();
        logger.LogError(
            "Gave up {Operations} operations of {InstanceId}, kept as {Letter}: {Reason}",
            part.Count, undelivered.InstanceId, name, undelivered.Reason);
    }
}
