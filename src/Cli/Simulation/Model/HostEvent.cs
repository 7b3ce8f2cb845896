namespace CipherWatch.Cli.Simulation.Model;

/// <summary>One event of a host's Sysmon or Security log.</summary>
/// <param name="Host">Where.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Recorded">When it was written down.</param>
/// <param name="EventId">Its number within its channel.</param>
/// <param name="Data">Its event data, in the channel's own names and order.</param>
internal sealed record HostEvent(
    SimulatedHost Host, DateTimeOffset Time, DateTimeOffset Recorded, int EventId, IReadOnlyList<(string Name, string Value)> Data)
{
    /// <summary>Whether it is Sysmon's; else it is of the Security channel.</summary>
    public bool IsSysmon { get; init; } = true;
}
