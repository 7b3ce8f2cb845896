using System.Globalization;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>The name under which a batch's dead letters are kept.</summary>
public static class DeadLetterName
{
    /// <summary>
    /// <c>hub/yyyy/MM/dd/sequence-batch.ndjson</c>, or <c>family/requests/batch.ndjson</c>: by hub and day, so that a person finds it,
    /// and the same each time the same batch is read, so that one that is read again keeps its letters once.
    /// </summary>
    public static string Of(IncomingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        BodyOrigin? first = batch.Bodies.Select(body => body.Origin).FirstOrDefault();
        return first?.EnqueuedTime is { } enqueued
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{batch.Source}/{enqueued.UtcDateTime:yyyy/MM/dd}/{first.SequenceNumber ?? 0:d19}-{batch.Id}.ndjson")
            : $"{batch.Source}/requests/{batch.Id}.ndjson";
    }
}
