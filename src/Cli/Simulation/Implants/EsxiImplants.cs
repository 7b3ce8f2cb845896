using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>Implants on a hypervisor, where nothing but listings of connections and lines of daemons is to be had.</summary>
internal static class EsxiImplants
{
    private const int KeyBytes = 32;

    /// <summary>A tunnel that is opened again when it breaks, every couple of hours.</summary>
    public static void ReverseTunnel(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(KeyBytes);
        Destination server = implant.Server(WireProtocols.Opaque, 443, 8443, 8088, 2083);
        Enter(implant, actor, begin, $"python /etc/vmware/{implant.Word(1)}.py {server.Address}");
        SimulatedProcess process = actor.StartOnce(SimulatedEsxi.World(
            traits.Pick(["python", "busybox", implant.Word(1)]), implant.Kind.Name), begin, null, "root", implant.Label);
        byte[] Encrypted(int length) => Ciphers.AesCbc(key, actor.Random.Bytes(16), Messages.Text(actor.Random, length));
        actor.Spread(begin.AddSeconds(5), span, 9, time => actor.Connect(
            process, time, server, (actor.Random.Scaled(90_000, 40_000_000), actor.Random.Scaled(40_000, 9_000_000)),
            new(Encrypted(900), Encrypted(400)), actor.Random.Between(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(150))));
    }

    /// <summary>A control: OpenSSH's own client with a port handed back.</summary>
    public static void SshTunnel(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        Destination server = implant.Server(WireProtocols.Ssh, 22, 443, 2222);
        Enter(implant, actor, begin, $"ssh -fN -R 127.0.0.1:1080 -p {server.Port} tunnel@{server.Address}");
        SimulatedProcess process = actor.StartOnce(SimulatedEsxi.World("ssh", implant.Kind.Name), begin, null, "root", implant.Label);
        actor.Connect(process, begin.AddSeconds(4), server, (9_000_000, 2_000_000), duration: span);
    }

    /// <summary>Somebody signs on from inside the network and types.</summary>
    private static void Enter(Implant implant, Actor actor, DateTimeOffset begin, string command)
    {
        SimulatedProcess shell = actor.StartOnce(SimulatedEsxi.Shell, begin.AddSeconds(-40), null, "root", implant.Tool);
        if (shell.Started == begin.AddSeconds(-40))
        {
            SimulatedProcess sshd = actor.Running(SimulatedEsxi.Sshd, begin, "root");
            actor.Say(
                sshd, begin.AddSeconds(-42), string.Empty, "Accepted keyboard-interactive/pam for root from 10.20.0.9 port 51880 ssh2");
            actor.Say(shell, begin.AddSeconds(-2), string.Empty, $"[root]: {command}");
        }
    }
}
