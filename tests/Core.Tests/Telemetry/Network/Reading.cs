using System.Text;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry;

namespace CipherWatch.Core.Tests.Telemetry.Network;

/// <summary>All that came of reading one input.</summary>
internal sealed class Reading : IObservationReceiver, IDeadLetterSink
{
    public List<Observation> Observations { get; } = [];

    public List<DeadLetter> Letters { get; } = [];

    public IngestionCounts Counts { get; private set; } = new();

    public static Reading Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static Reading Of(ReadOnlySpan<byte> body)
    {
        Reading reading = new();
        Ingestor ingestor = new(reading, reading);
        ingestor.Read(body, "input");
        ingestor.Finish();
        reading.Counts = ingestor.Counts;
        return reading;
    }

    /// <summary>Reads an input that was written at a time.</summary>
    public static Reading Of(string text, DateTimeOffset written)
    {
        Reading reading = new();
        Ingestor ingestor = new(reading, reading) { InputTime = written };
        ingestor.Read(Encoding.UTF8.GetBytes(text), "input");
        ingestor.Finish();
        reading.Counts = ingestor.Counts;
        return reading;
    }

    public static Reading Of(Stream stream)
    {
        Reading reading = new();
        Ingestor ingestor = new(reading, reading);
        ingestor.Read(stream, "input");
        ingestor.Finish();
        reading.Counts = ingestor.Counts;
        return reading;
    }

    /// <summary>The one observation of an input of one record.</summary>
    public Observation Single()
    {
        Assert.Empty(Letters);
        return Assert.Single(Observations);
    }

    /// <summary>The reason of the one dead letter of an input of one record.</summary>
    public string Reason()
    {
        Assert.Empty(Observations);
        return Assert.Single(Letters).Reason;
    }

    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => true;

    public void Receive(Observation observation) => Observations.Add(observation);

    public void RecordDone()
    {
    }

    public void Write(DeadLetter letter) => Letters.Add(letter);
}
