using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>What an ESXi host does around the clock: vCenter, storage, backup, logs, time.</summary>
/// <remarks>
/// Connections as VMware's tables of ports give them; about 500 lines of hostd and vpxa a day at the level of a host that ships
/// <c>info</c> and above with task chatter left out, and a listing every fifteen minutes: the collector's choice.
/// </remarks>
internal static class EsxiDay
{
    private const string Root = "root";
    private static readonly TimeSpan Day = TimeSpan.FromHours(23.5);

    /// <summary>Lets the day pass.</summary>
    public static void Run(Actor actor, DateTimeOffset midnight)
    {
        SimulatedProcess hostd = actor.Running(SimulatedEsxi.Hostd, midnight, Root);
        SimulatedProcess vpxa = actor.Running(SimulatedEsxi.Vpxa, midnight, Root);
        Outside(actor, midnight, hostd, vpxa);
        Inside(actor, midnight, hostd);
        Lines(actor, midnight, hostd, vpxa);
    }

    private static void Outside(Actor actor, DateTimeOffset midnight, SimulatedProcess hostd, SimulatedProcess vpxa)
    {
        SimulatedProcess clock = actor.Running(SimulatedEsxi.Clock, midnight, Root);
        SimulatedProcess logs = actor.Running(SimulatedEsxi.SyslogDaemon, midnight, Root);
        SimulatedProcess kernel = actor.Running(SimulatedEsxi.Storage, midnight, Root);
        actor.Connect(vpxa, midnight.AddMinutes(2), Places.VCenter, (9_000_000, 4_000_000), duration: Day);
        actor.Connect(hostd, midnight.AddMinutes(2), Places.VCenterHeartbeat, (640_000, 0), duration: Day);
        actor.Connect(logs, midnight.AddMinutes(1), Places.LogHost with { Port = 1514, Protocol = WireProtocols.Tls },
            (40_000_000, 60_000), duration: Day);
        actor.Connect(kernel, midnight.AddMinutes(1), Places.Storage, (900_000_000, 2_000_000_000), duration: Day);
        actor.Spread(midnight, Day, 40, time => actor.Connect(clock, time, Places.Time, (48, 48)));
        actor.Spread(midnight, Day, 3, time => actor.Connect(
            kernel, time, new(VMotionPeer(actor.Host), 8000, WireProtocols.Nfs), (actor.Random.Scaled(9_000_000, 900_000_000), 90_000),
                duration: TimeSpan.FromMinutes(4)));
    }

    /// <summary>Those that connect to the host: vCenter, the backup proxy, an administrator's browser.</summary>
    private static void Inside(Actor actor, DateTimeOffset midnight, SimulatedProcess hostd)
    {
        SimulatedProcess proxy = actor.Running(SimulatedEsxi.Proxy, midnight, Root);
        Destination own = new(actor.Host.Address, 443, WireProtocols.Tls, actor.Host.Fqdn);
        Destination files = new(actor.Host.Address, 902, WireProtocols.VmwareFileCopy, actor.Host.Fqdn);
        actor.Spread(
            midnight, Day, 30, time => actor.Accept(proxy, time, Places.VCenter.Address, own, (9_000, 40_000), TimeSpan.FromMinutes(20)));
        actor.Spread(midnight.AddHours(22), TimeSpan.FromHours(1), 4, time => actor.Accept(
            hostd, time, "10.20.0.41", files, (60_000, actor.Random.Scaled(90_000_000, 1_000_000_000)), TimeSpan.FromMinutes(20)));
        actor.Spread(midnight.AddHours(9), TimeSpan.FromHours(8), 2, time =>
        {
            actor.Accept(proxy, time, "10.20.0.9", own, (90_000, 900_000), TimeSpan.FromMinutes(5));
            actor.Say(hostd, time.AddSeconds(1), "Vimsvc.ha-eventmgr",
                $"Event {actor.Random.Between(100, 9_000)} : User root@10.20.0.9 logged in as Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
        });
    }

    private static void Lines(Actor actor, DateTimeOffset midnight, SimulatedProcess hostd, SimulatedProcess vpxa)
    {
        actor.Spread(midnight, Day, 48, time => actor.Say(
            hostd, time, "Vimsvc.ha-eventmgr",
                $"Event {actor.Random.Between(100, 9_000)} : User vpxuser@{Places.VCenter.Address} logged in as VMware-client/8.0.2"));
        actor.Spread(midnight, Day, 200,
            time => actor.Say(hostd, time, "Hostsvc.VmkVprobSource",
                $"VmkVprobSource::Post event: (vim.event.EventEx) {actor.Random.Between(10, 99)} posted"));
        actor.Spread(midnight, Day, 200,
            time => actor.Say(
                vpxa, time, "vpxaInvtHost", $"Increment master gen. no to ({actor.Random.Between(1_000, 90_000)}): VpxaInvtHost"));
        actor.Spread(midnight, Day, 8, time => actor.Say(hostd, time, "AdapterServer", "OpenSSL using FIPS provider"));
        actor.Spread(midnight, Day, 6, time => actor.Say(hostd, time, "Statssvc", "Hostd: congestion control algorithm: newreno"));
    }

    private static string VMotionPeer(SimulatedHost host) => host.IsOneIn(2) ? "10.20.2.11" : "10.20.2.12";
}
