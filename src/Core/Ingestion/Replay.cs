using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>
/// Reads a dead letter's bytes once more. A letter whose reason is mended becomes what it should have been; any other is the same
/// letter again, with its place and its reason, so that reading a file of letters loses nothing and changes nothing.
/// </summary>
internal sealed class Replay(IObservationReceiver receiver, IDeadLetterSink deadLetters, IngestionCounts counts)
    : IObservationReceiver, IDeadLetterSink
{
    private readonly List<DeadLetter> _letters = [];

    /// <summary>Reads one letter, and accounts for what is in it.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="ingestor">Makes a reader of its bytes that writes into this.</param>
    public void Read(DeadLetter letter, Func<Replay, Ingestor> ingestor)
    {
        if (letter.Part > 0)
        {
            // A further part of a record that was too long: it is counted with the first.
            deadLetters.Write(letter);
            return;
        }

        _letters.Clear();
        Ingestor inner = ingestor(this);
        inner.Read(letter.Raw.Span, letter.Origin.Input);
        inner.Finish();
        if (inner.Counts.Observed + inner.Counts.Skipped == 0)
        {
            counts.Add(RecordResult.DeadLettered(letter.Source, letter.Reason));
            deadLetters.Write(letter);
            receiver.RecordDone();
            return;
        }

        counts.Add(inner.Counts);
        foreach (DeadLetter within in _letters)
        {
            deadLetters.Write(within with
            {
                Origin = letter.Origin with { Offset = letter.Origin.Offset + within.Origin.Offset },
            });
        }

        for (long done = 0; done < inner.Counts.Records; done++)
        {
            receiver.RecordDone();
        }
    }

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => receiver.WantsModule(path, platform);

    /// <inheritdoc/>
    public void Receive(Observation observation) => receiver.Receive(observation);

    /// <inheritdoc/>
    public void RecordDone()
    {
        // Told once all of the letter is read.
    }

    /// <inheritdoc/>
    public void Write(DeadLetter letter) => _letters.Add(letter);
}
