namespace CipherWatch.Cli.Simulation.Model;

/// <summary>A connection, as the host and the sensor both see it.</summary>
internal sealed record NetworkFlow
{
    public required DateTimeOffset Start { get; init; }

    public required TimeSpan Duration { get; init; }

    public required string SourceIp { get; init; }

    public required int SourcePort { get; init; }

    public required Destination Destination { get; init; }

    /// <summary>Payload bytes each way.</summary>
    public required (int Out, int In) Bytes { get; init; }

    /// <summary>The sensor's name of it.</summary>
    public required string Uid { get; init; }

    /// <summary>First payload bytes each way, where the sensor exports them.</summary>
    public (byte[] Out, byte[] In)? Payload { get; init; }
}

/// <summary>Somewhere to connect to.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Transport">tcp or udp.</param>
/// <param name="Service">What the sensor recognises, <c>-</c> where nothing.</param>
/// <param name="Name">Its name; null where it has none.</param>
internal sealed record Destination(string Address, int Port, string Transport, string Service, string? Name = null)
{
    /// <summary>Whether TLS is spoken there.</summary>
    public bool IsTls => Service == "ssl";
}
