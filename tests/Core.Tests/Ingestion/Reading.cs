using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>Everything that came of reading one input.</summary>
internal sealed class Reading : IObservationReceiver, IDeadLetterSink
{
    private readonly Ingestor _ingestor;

    /// <summary>When inputs were written: what dates lines without a year.</summary>
    private static readonly DateTimeOffset Written = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public Reading(string? format = null) => _ingestor = new(this, this, format)
    {
        InputTime = Written,
        Trace = (in RecordResult result, long offset, int length) => Pieces.Add((result.Outcome, offset, length)),
    };

    public List<Observation> Observations { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Where each record stood, dead letters and their parts among them.</summary>
    public List<(RecordOutcome Outcome, long Offset, int Length)> Pieces { get; } = [];

    public long RecordsDone { get; private set; }

    public IngestionCounts Counts => _ingestor.Counts;

    /// <summary>Whether a library is wanted; all are unless a test says otherwise.</summary>
    public Func<string, bool> Wants { get; init; } = _ => true;

    public static Reading Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static Reading Of(byte[] bytes)
    {
        Reading reading = new();
        reading._ingestor.Read(bytes, "input");
        reading._ingestor.Finish();
        return reading;
    }

    /// <summary>Reads through a stream that gives at most as many bytes at a time as the sizes say, in turn.</summary>
    public static Reading InChunks(byte[] bytes, params int[] sizes)
    {
        Reading reading = new();
        reading._ingestor.Read(new ChunkedStream(bytes, sizes), "input");
        reading._ingestor.Finish();
        return reading;
    }

    public void Stream(Stream stream) => _ingestor.Read(stream, "input");

    public void Finish() => _ingestor.Finish();

    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => Wants(Encoding.UTF8.GetString(path));

    public void Receive(Observation observation) => Observations.Add(observation);

    public void RecordDone() => RecordsDone++;

    public void Write(DeadLetter letter) => DeadLetters.Add(letter);

    /// <summary>All that matters, as text, to compare two readings by.</summary>
    public string Summary()
    {
        StringBuilder text = new();
        text.Append(Counts.Observed).Append(' ').Append(Counts.Skipped).Append(' ').Append(Counts.DeadLettered).Append(' ')
            .Append(Counts.Observations).Append(' ').Append(RecordsDone).Append('\n');
        foreach ((string source, long count) in Counts.BySource)
        {
            text.Append(source).Append(' ').Append(count).Append('\n');
        }

        foreach (Observation observation in Observations)
        {
            text.Append(observation.Id).Append('\n');
        }

        foreach (DeadLetter letter in DeadLetters)
        {
            text.Append(letter.Origin).Append(letter.Reason).Append(letter.Part).Append(' ')
                .Append(Convert.ToHexString(letter.Raw.Span)).Append('\n');
        }

        return text.ToString();
    }
}
