namespace CipherWatch.Cli.Simulation.Model;

/// <summary>Something that happened on a host, before any log has written it.</summary>
/// <param name="Process">The process it is about.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Recorded">When the recorder writes it down.</param>
internal abstract record HostEvent(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded);

/// <summary>A program started.</summary>
internal sealed record ProcessStarted(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded)
    : HostEvent(Process, Time, Recorded);

/// <summary>A program ended.</summary>
internal sealed record ProcessEnded(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded)
    : HostEvent(Process, Time, Recorded);

/// <summary>A program mapped a library, or its own image.</summary>
/// <param name="Process">Which.</param>
/// <param name="Time">When.</param>
/// <param name="Recorded">When it is written.</param>
/// <param name="Path">The file.</param>
/// <param name="Signer">Who signed it; null where nobody did.</param>
internal sealed record LibraryLoaded(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded, string Path, string? Signer)
    : HostEvent(Process, Time, Recorded);

/// <summary>A program connected, or was connected to.</summary>
/// <param name="Process">Which.</param>
/// <param name="Time">When.</param>
/// <param name="Recorded">When it is written.</param>
/// <param name="Flow">The connection.</param>
/// <param name="Number">Its number among the connections of the process, from 1; 0 for one that the other side opened.</param>
internal sealed record Connected(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded, NetworkFlow Flow, int Number)
    : HostEvent(Process, Time, Recorded)
{
    /// <summary>The other side opened it.</summary>
    public bool IsInbound => Number == 0;
}

/// <summary>A program asked for a name's address.</summary>
/// <param name="Process">Which.</param>
/// <param name="Time">When.</param>
/// <param name="Recorded">When it is written.</param>
/// <param name="Name">The name.</param>
/// <param name="Address">The answer.</param>
internal sealed record NameResolved(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded, string Name, string Address)
    : HostEvent(Process, Time, Recorded);

/// <summary>A program started a thread in another.</summary>
/// <param name="Process">Who did.</param>
/// <param name="Time">When.</param>
/// <param name="Recorded">When it is written.</param>
/// <param name="Target">In which.</param>
internal sealed record ThreadInjected(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded, SimulatedProcess Target)
    : HostEvent(Process, Time, Recorded);

/// <summary>The platform's security log wrote of a sign-on: read, and skipped by design.</summary>
/// <param name="Process">Whose log it is.</param>
/// <param name="Time">When.</param>
/// <param name="Recorded">When it is written.</param>
/// <param name="Peer">Address that signed on.</param>
internal sealed record SignedOn(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded, string Peer)
    : HostEvent(Process, Time, Recorded);

/// <summary>A program wrote a line to the platform's own log: syslog, the unified log, hostd.log.</summary>
/// <param name="Process">Which.</param>
/// <param name="Time">When.</param>
/// <param name="Recorded">When it is written.</param>
/// <param name="Category">Subsystem and category, or <c>sub=</c>; empty where the log has none.</param>
/// <param name="Text">The line.</param>
internal sealed record Logged(SimulatedProcess Process, DateTimeOffset Time, DateTimeOffset Recorded, string Category, string Text)
    : HostEvent(Process, Time, Recorded);
