using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Fleets;
using CipherWatch.Cli.Simulation.Implants;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation;

/// <summary>
/// The demo's day: a small office of three workstations and a Mac, a Linux server and a hypervisor, with one implant in it.
/// </summary>
internal static class SyntheticDay
{
    /// <summary>The implant's image.</summary>
    public const string ImplantImage = @"C:\Users\m.ortega\AppData\Roaming\AudioRelay\audiorelay.exe";

    private const int Port = 4447;

    private static readonly SimulatedHost Accounting = new(
        "ws-accounting-07", "10.20.1.37", @"CORP\m.ortega", HostRendering.Winlogbeat, TimeSpan.Zero, 4);

    /// <summary>Their numbers choose what else runs on them: an accounting program on the second.</summary>
    private static readonly SimulatedHost[] Hosts =
    [
        new("ws-reception-02", "10.20.1.12", @"CORP\j.lind", HostRendering.NxLog, TimeSpan.FromHours(1), 12), Accounting,
        new("ws-design-04", "10.20.1.44", @"CORP\a.okafor", HostRendering.EventXml, TimeSpan.Zero, 10),
        new("srv-web-01", "10.20.1.60", "shaddad", HostRendering.Auditd, TimeSpan.Zero, 0),
        new("mac-studio-03", "10.20.1.71", "knovak", HostRendering.UnifiedLog, TimeSpan.FromHours(1), 4),
        new("esx-01", "10.20.1.90", "root", HostRendering.Esxi, TimeSpan.Zero, 1),
    ];

    private static readonly ImplantKind Kind = new(
        "demo", HostPlatform.Windows, [ImplantKind.Payload, ImplantKind.Library, ImplantKind.Program], "the demo's", Run);

    /// <summary>The host that the implant runs on.</summary>
    public static string InfectedHost => Accounting.Name;

    /// <summary>Writes the day's telemetry into a folder; returns the files.</summary>
    public static IReadOnlyList<string> Write(string folder, ulong seed) =>
        new Fleet([new(0, Hosts)], [new(Kind, 0, seed, Accounting, null, isSampled: true)], days: 1, seed).Write(folder);

    /// <summary>Started by the user, it calls home every ten minutes or so, over AES under a key that was built in.</summary>
    private static void Run(Implant implant, Actor actor, DateTimeOffset begin, TimeSpan span)
    {
        byte[] key = implant.Traits().Bytes(32);
        SimulatedProgram program = new(
            ImplantImage, "--tray", null, SimulatedWindows.System32("bcryptprimitives.dll", "bcrypt.dll", "cryptsp.dll", "rsaenh.dll"),
                implant.Kind.Name);
        SimulatedProcess process = actor.Start(program, begin, label: implant.Label);
        new Beacon(TimeSpan.FromMinutes(10), 12, (random, length) => Ciphers.AesCbc(key, random.Bytes(16), Messages.Text(random, length)))
            .Run(actor, process, new("203.0.113.77", Port, WireProtocols.Opaque), begin, span);
    }
}
