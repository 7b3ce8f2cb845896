using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Tests.Telemetry.Network;

/// <summary>All that came of reading one input.</summary>
internal sealed class NetworkReading : IObservationReceiver, IDeadLetterSink
{
    public List<Observation> Observations { get; } = [];

    public List<DeadLetter> Letters { get; } = [];

    public IngestionCounts Counts { get; private set; } = new();

    public static NetworkReading Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static NetworkReading Of(ReadOnlySpan<byte> body, string? format = null)
    {
        NetworkReading reading = new();
        Ingestor ingestor = new(reading, reading, format);
        ingestor.Read(body, "input");
        ingestor.Finish();
        reading.Counts = ingestor.Counts;
        return reading;
    }

    /// <summary>Reads an input that was written at a time.</summary>
    public static NetworkReading Of(string text, DateTimeOffset written) => Of(Encoding.UTF8.GetBytes(text), written);

    public static NetworkReading Of(ReadOnlySpan<byte> body, DateTimeOffset written)
    {
        NetworkReading reading = new();
        Ingestor ingestor = new(reading, reading) { InputTime = written };
        ingestor.Read(body, "input");
        ingestor.Finish();
        reading.Counts = ingestor.Counts;
        return reading;
    }

    public static NetworkReading Of(Stream stream)
    {
        NetworkReading reading = new();
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
