namespace CipherWatch.Cli.Simulation.Model;

/// <summary>How a host's Windows events reach us.</summary>
internal enum HostRendering
{
    /// <summary>Flat JSON, times host-local without a zone.</summary>
    NxLog,

    /// <summary>Nested JSON, times in UTC.</summary>
    Winlogbeat,

    /// <summary>XML, as exported from the event log.</summary>
    EventXml,
}

/// <summary>A Windows computer of the fleet.</summary>
/// <param name="Name">First label of its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="User">Who works at it, with the domain.</param>
/// <param name="Rendering">How its events are written.</param>
/// <param name="ZoneOffset">Its clock's offset from UTC.</param>
internal sealed record SimulatedHost(string Name, string Address, string User, HostRendering Rendering, TimeSpan ZoneOffset)
{
    /// <summary>The domain of the fleet (RFC 6761: never a real one).</summary>
    public const string Domain = "corp.example";

    /// <summary>The full name.</summary>
    public string Fqdn => $"{Name}.{Domain}";

    /// <summary>The user's profile folder.</summary>
    public string Profile => $@"C:\Users\{User[(User.IndexOf('\\', StringComparison.Ordinal) + 1)..]}";
}
