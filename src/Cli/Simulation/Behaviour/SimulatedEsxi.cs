using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>The worlds of an ESXi host, by the names that its listings give them.</summary>
internal static class SimulatedEsxi
{
    public static readonly SimulatedProgram Hostd = World("hostd-worker");

    public static readonly SimulatedProgram Vpxa = World("vpxa-worker");

    public static readonly SimulatedProgram Proxy = World("rhttpproxy-work");

    public static readonly SimulatedProgram Clock = World("ntpd");

    public static readonly SimulatedProgram SyslogDaemon = World("vmsyslogd");

    public static readonly SimulatedProgram Storage = World("vmkernel");

    public static readonly SimulatedProgram Health = World("python");

    public static readonly SimulatedProgram Shell = World("shell");

    public static readonly SimulatedProgram Sshd = World("sshd");

    /// <summary>A world by name.</summary>
    public static SimulatedProgram World(string name, string kind = "hypervisor") => new(name, string.Empty, null, [], kind);
}
