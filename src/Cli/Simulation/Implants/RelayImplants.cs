using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>Implants of two: one on a host that talks to a neighbour only, and the neighbour that talks to the server.</summary>
internal static class RelayImplants
{
    private const int KeyBytes = 32;
    private const string SystemAccount = @"NT AUTHORITY\SYSTEM";

    private static readonly string[] OwnCryptography = SimulatedWindows.System32(
        "bcryptprimitives.dll", "bcrypt.dll", "cryptsp.dll", "rsaenh.dll");

    /// <summary>
    /// Over a named pipe. Windows itself opens the connection for it, so the host's log names System and no implant; the sensor sees
    /// SMB 3, encrypted as everybody's is. What is left of the first one is the load of a cipher's library.
    /// </summary>
    public static void Smb(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulatedProcess process = actor.Start(Program(implant, actor.Host), begin, label: implant.Label);
        if (actor.Host != implant.Host)
        {
            ToServer(implant, actor, process, begin, span);
            return;
        }

        SimulatedProcess kernel = actor.Start(SimulatedWindows.Kernel, begin.AddSeconds(-1), null, SystemAccount);
        Destination relay = new(implant.Relay!.Address, 445, WireProtocols.Smb, implant.Relay.Fqdn);
        actor.Spread(begin.AddSeconds(4), span, 30, time => actor.Connect(
            kernel, time, relay, (actor.Random.Scaled(2_000, 90_000), actor.Random.Scaled(2_000, 20_000)),
                duration: TimeSpan.FromMinutes(8)));
    }

    /// <summary>Over TCP.</summary>
    public static void Tcp(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        SimulatedProcess process = actor.Start(Program(implant, actor.Host), begin, label: implant.Label);
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(16);
        Destination relay = new(implant.Relay!.Address, traits.Pick([4444, 7777, 8910, 40_444]), WireProtocols.Opaque);
        if (actor.Host == implant.Host)
        {
            Beacon.Of(traits, (random, length) => Ciphers.Rc4(key, Messages.Structures(random, length))).Run(
                actor, process, relay, begin, span);
            return;
        }

        // The host that connects comes first, so that what it opened is known by now.
        foreach (NetworkFlow flow in actor.Log.Flows.Where(flow => flow.Destination == relay).ToArray())
        {
            actor.Accept(process, flow);
        }

        ToServer(implant, actor, process, begin, span);
    }

    private static void ToServer(Implant implant, Actor actor, SimulatedProcess process, DateTimeOffset begin, TimeSpan span)
    {
        SimulationRandom traits = implant.Traits();
        byte[] key = traits.Bytes(KeyBytes);
        Beacon.Of(traits, (random, length) => Ciphers.AesCbc(key, random.Bytes(16), Messages.Text(random, length)))
            .Run(actor, process, implant.Server(WireProtocols.Opaque, 443, 8443, 8080), begin, span);
    }

    private static SimulatedProgram Program(Implant implant, SimulatedHost host)
    {
        string name = implant.Word(host == implant.Host ? 1 : 4);
        return new($@"{host.Profile}\AppData\Local\{name}\{name}.exe", string.Empty, null, OwnCryptography, implant.Kind.Name);
    }
}
