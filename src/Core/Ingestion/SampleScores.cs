using System.Globalization;
using System.Text.Json;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>Judges the payload samples of one body at once, for callers that want the verdict and keep nothing.</summary>
/// <remarks>Total: whatever the bytes, each record is a score, is left out as no payload, or is an error with its reason.</remarks>
public sealed class SampleScores : IObservationReceiver, IDeadLetterSink
{
    private const string Schema = "docs/schemas/payload-sample.schema.json";

    private readonly List<Observation> _scored = [];
    private readonly List<DeadLetter> _errors = [];

    private readonly Ingestor _ingestor;

    private SampleScores() => _ingestor = new(this, this);

    /// <summary>What was read: <c>records = observed + skipped + deadLettered</c>.</summary>
    public IngestionCounts Counts => _ingestor.Counts;

    /// <summary>Samples that were scored.</summary>
    public int Scored => _scored.Count;

    /// <summary>Reads records in any envelope: payload samples, and whatever else carries payload.</summary>
    public static SampleScores OfRecords(ReadOnlySpan<byte> body)
    {
        SampleScores scores = new();
        scores._ingestor.Read(body, "request");
        scores._ingestor.Finish();
        return scores;
    }

    /// <summary>Writes the judgement of bytes that are the sample themselves into an object that is open.</summary>
    public static void WriteBytes(Utf8JsonWriter writer, ReadOnlySpan<byte> sample)
    {
        ArgumentNullException.ThrowIfNull(writer);
        PayloadScoreJson.WriteFields(writer, PayloadScorer.Score(sample, new PayloadContext { PayloadLength = sample.Length }));
    }

    /// <summary>Why nothing was scored, for a person: the first error, or that no record was a payload sample.</summary>
    /// <param name="rawContent">The content type that bytes themselves are sent with.</param>
    public string WhyNone(string rawContent) => _errors.Count > 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"No sample could be scored. Line {_errors[0].Origin.Line}: {_errors[0].Reason} "
            + $"Records are described in {Schema}; send bytes themselves with the content type {rawContent}.")
        : $"None of the {Counts.Records.ToString(CultureInfo.InvariantCulture)} records carries payload. "
            + $"Send payload-sample records ({Schema}), or bytes themselves with the content type {rawContent}.";

    /// <summary>
    /// Writes <c>records, scored, skipped, deadLettered, scores [], errors []</c> into an object that is open, in the order of the
    /// input. A score is <c>id, time, host, uid, flow, direction, offset</c> and the judgement; an error <c>line, offset, reason</c>.
    /// </summary>
    public void WriteFields(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber("records", Counts.Records);
        writer.WriteNumber("scored", Scored);
        writer.WriteNumber("skipped", Counts.Skipped);
        writer.WriteNumber("deadLettered", Counts.DeadLettered);
        writer.WriteStartArray("scores");
        _scored.ForEach(observation => Write(writer, observation, observation.Payload!));
        writer.WriteEndArray();
        writer.WriteStartArray("errors");
        _errors.ForEach(letter => Write(writer, letter));
        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => false;

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation.Payload is not null)
        {
            _scored.Add(observation);
        }
    }

    /// <inheritdoc/>
    public void RecordDone()
    {
    }

    /// <inheritdoc/>
    public void Write(DeadLetter letter) => _errors.Add(letter);

    private static void Write(Utf8JsonWriter writer, Observation observation, PayloadFields payload)
    {
        writer.WriteStartObject();
        writer.WriteString("id", observation.Id.ToString());
        writer.WriteTime("time", observation.Time);
        writer.WriteText("host", observation.Host);
        writer.WriteText("uid", observation.FlowUid);
        ObservationJson.Write(writer, observation.Flow);
        writer.WriteText("direction", payload.Direction.Word());
        writer.WriteWhole("offset", payload.Offset);
        PayloadScoreJson.WriteFields(writer, payload.Score);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DeadLetter letter)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line", letter.Origin.Line);
        writer.WriteNumber("offset", letter.Origin.Offset);
        writer.WriteString("reason", letter.Reason);
        writer.WriteEndObject();
    }
}
