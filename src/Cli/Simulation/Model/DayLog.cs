namespace CipherWatch.Cli.Simulation.Model;

/// <summary>All that a synthetic day leaves behind.</summary>
internal sealed class DayLog
{
    /// <summary>What hosts recorded, in no order.</summary>
    public List<HostEvent> Events { get; } = [];

    /// <summary>What the sensor saw, in no order.</summary>
    public List<NetworkFlow> Flows { get; } = [];
}
