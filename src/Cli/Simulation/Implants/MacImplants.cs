using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>Implants on macOS.</summary>
internal static class MacImplants
{
    /// <summary>
    /// A job in the user's LaunchAgents. Half of them connect by BSD sockets, of which the kernel logs the ports and the sums; half by
    /// Network.framework, which logs that there was no TLS.
    /// </summary>
    public static void LaunchdAgent(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(16);
        string name = implant.Word(1);
        string image = traits.Pick(
        [
            $"{actor.Host.Profile}/Library/Application Support/.{name}/{name}", $"/Users/Shared/.{name}/{name}",
            $"{actor.Host.Profile}/Library/{name}/helper",
            $"/private/tmp/{name}",
        ]);
        SimulatedProgram program = new(image, string.Empty, null, [], implant.Kind.Name)
        {
            SigningId = $"{name}-55554944a1b2c3d4",
            UsesNetworkFramework = traits.OneIn(2),
        };
        SimulatedProcess launchd = actor.Running(new(
            "/sbin/launchd", string.Empty, SimulatedMac.Apple, [], "service")
        { SigningId = "com.apple.xpc.launchd" }, begin, "root");
        SimulatedProcess process = actor.Start(program, begin, launchd, label: implant.Label);
        actor.Say(
            launchd, begin.AddMilliseconds(-8), $"gui/501/com.{name}.agent [{process.Pid}]", $"xpcproxy spawned with pid {process.Pid}");
        Beacon.Of(traits, (random, length) => Ciphers.Rc4(key, Messages.Text(random, length)))
            .Run(actor, process, implant.Server(WireProtocols.Opaque, 443, 8443, 1224, 5600, 53_000), begin, span);
    }
}
