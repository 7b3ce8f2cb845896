using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>A dead letter and the body it came in.</summary>
/// <param name="Origin">Where the body came from.</param>
/// <param name="Letter">The record, or the whole body, with its reason and its bytes.</param>
public sealed record KeptLetter(BodyOrigin Origin, DeadLetter Letter)
{
    /// <summary>
    /// How many bytes were left out, where a deployment keeps none: such a letter cannot be replayed. Null where all are there.
    /// </summary>
    public long? BytesLeftOut { get; init; }
}
