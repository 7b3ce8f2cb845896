namespace CipherWatch.Cli.Simulation.Model;

/// <summary>What a day leaves behind: the events of the host at hand, and the flows of its whole site.</summary>
internal sealed class DayLog
{
    /// <summary>What the host recorded, in no order.</summary>
    public List<HostEvent> Events { get; } = [];

    /// <summary>What the site's sensor saw, in no order.</summary>
    public List<NetworkFlow> Flows { get; } = [];

    /// <summary>Processes that connected, or are implants, and are not in the ground truth yet.</summary>
    public List<SimulatedProcess> Named { get; } = [];
}
