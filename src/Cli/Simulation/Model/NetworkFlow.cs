namespace CipherWatch.Cli.Simulation.Model;

/// <summary>A connection, as the hosts and the sensor see it.</summary>
internal sealed record NetworkFlow
{
    public required DateTimeOffset Start { get; init; }

    public required TimeSpan Duration { get; init; }

    public required string SourceIp { get; init; }

    public required int SourcePort { get; init; }

    public required Destination Destination { get; init; }

    /// <summary>Payload bytes each way.</summary>
    public required (long Out, long In) Bytes { get; init; }

    /// <summary>The sensor's name of it.</summary>
    public required ulong Id { get; init; }

    /// <summary>First payload bytes each way, where the sensor exports them.</summary>
    public Payload? Payload { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset End => Start + Duration;
}

/// <summary>First payload bytes of a flow.</summary>
/// <param name="Out">Sent by who opened it.</param>
/// <param name="In">Sent by the other side; may be empty.</param>
internal sealed record Payload(byte[] Out, byte[] In);
