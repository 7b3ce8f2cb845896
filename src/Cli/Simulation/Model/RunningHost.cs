namespace CipherWatch.Cli.Simulation.Model;

/// <summary>A host with what lasts beyond a day: numbers given out, and programs that keep running.</summary>
internal sealed class RunningHost(SimulatedHost host)
{
    private const int FirstEphemeralPort = 49_152;
    private const int EphemeralPorts = 15_848;

    /// <summary>A step that shares no factor with the number of ports, so that all come round.</summary>
    private const int PortStep = 7;

    private int _ports = host.Number * 31;
    private int _pids;

    /// <summary>The host.</summary>
    public SimulatedHost Host => host;

    /// <summary>Programs that run from day to day, by what they are for.</summary>
    public Dictionary<string, SimulatedProcess> Services { get; } = [];

    /// <summary>A local port for a new connection.</summary>
    public int NextPort() => FirstEphemeralPort + (int)((uint)_ports++ * PortStep % EphemeralPorts);

    /// <summary>A number for a new process: never used again, so that the ground truth names one process.</summary>
    public int NextPid(SimulationRandom random)
    {
        _pids += random.Between(1, 9);
        return host.Platform switch
        {
            HostPlatform.Windows => 1_200 + (_pids * 4),
            HostPlatform.Esxi => 2_097_900 + (_pids * 3),
            _ => 900 + _pids,
        };
    }
}
