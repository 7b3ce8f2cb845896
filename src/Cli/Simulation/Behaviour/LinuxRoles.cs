using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>What a Linux host is for: a web server, a database, a builder, or a developer's desktop.</summary>
internal static class LinuxRoles
{
    private const string Root = "root";
    private static readonly TimeSpan Day = TimeSpan.FromHours(23.5);
    private static readonly TimeSpan Office = TimeSpan.FromHours(9);

    /// <summary>Lets it do its work.</summary>
    public static void Run(Actor actor, DateTimeOffset midnight, SimulatedProcess init)
    {
        switch (actor.Host.Number / 5 % 4)
        {
            case 0:
                Web(actor, midnight);
                break;
            case 1:
                Database(actor, midnight, init);
                break;
            case 2:
                Builder(actor, midnight, init);
                break;
            default:
                Desktop(actor, midnight, init);
                break;
        }
    }

    private static void Web(Actor actor, DateTimeOffset midnight)
    {
        SimulatedProcess php = actor.Running(SimulatedLinux.Php, midnight, "www-data");
        Destination own = new(actor.Host.Address, 443, Protocols.WireProtocols.Tls, actor.Host.Fqdn);
        actor.Spread(midnight, Day, 60,
            time => actor.Connect(php, time, Places.Database, (actor.Random.Scaled(900, 20_000), actor.Random.Scaled(2_000, 200_000))));
        actor.Spread(midnight, Day, 60, time => actor.Connect(php, time, Places.Cache, (1_200, 4_000)));
        actor.Spread(midnight, Day, 60,
            time => actor.Accept(
                php, time, "198.18.40." + actor.Random.Between(1, 250), own, (1_400, actor.Random.Scaled(4_000, 400_000))));
        actor.Spread(midnight, Day, 12, time => Once(actor, SimulatedLinux.Curl, time, Places.Objects, (700, 4_000)));
        SimulatedProcess backup = actor.Running(SimulatedLinux.Bareos, midnight, Root);
        actor.Spread(midnight.AddHours(1), TimeSpan.FromHours(3), 4, time => actor.Connect(
            backup, time, Places.BackupStorage, (actor.Random.Scaled(4_000_000, 200_000_000), 60_000)));
    }

    private static void Database(Actor actor, DateTimeOffset midnight, SimulatedProcess init)
    {
        SimulatedProcess postgres = actor.Running(SimulatedLinux.Postgres, midnight, "postgres");
        actor.Spread(midnight, Day, 8, time => actor.Connect(
            postgres, time, Places.Database with { Address = "10.20.0.63" }, (actor.Random.Scaled(90_000, 90_000_000), 40_000),
                duration: TimeSpan.FromHours(2)));
        DateTimeOffset night = midnight.AddHours(2);
        SimulatedProcess restic = actor.Start(SimulatedLinux.Restic, night, init, Root);
        for (int part = 0; part < 12; part++)
        {
            actor.Connect(restic, night.AddSeconds(4 + (part * 50)), Places.Objects, (actor.Random.Scaled(900_000, 40_000_000), 9_000));
        }

        actor.End(restic, night.AddMinutes(12));
    }

    private static void Builder(Actor actor, DateTimeOffset midnight, SimulatedProcess init)
    {
        SimulatedProcess docker = actor.Running(SimulatedLinux.Docker, midnight, Root);
        actor.Spread(midnight, Day, 24, time =>
        {
            SimulatedProcess git = actor.Start(SimulatedLinux.Git, time, init, "builder");
            SimulatedProcess remote = actor.Start(SimulatedLinux.GitHttps, time.AddMilliseconds(80), git, "builder");
            actor.Connect(remote, time.AddMilliseconds(300), Places.Git, (4_000, actor.Random.Scaled(9_000, 20_000_000)));
            actor.End(remote, time.AddSeconds(9));
            actor.End(git, time.AddSeconds(9));
        });
        actor.Spread(
            midnight, Day, 20, time => actor.Connect(docker, time, Places.Registry, (4_000, actor.Random.Scaled(90_000, 200_000_000))));
    }

    private static void Desktop(Actor actor, DateTimeOffset midnight, SimulatedProcess init)
    {
        DateTimeOffset morning = midnight.AddHours(8.5);
        SimulatedProcess web = actor.Start(SimulatedLinux.Firefox, morning, init);
        actor.Spread(morning, Office, 100, time => actor.Connect(
            web, time, actor.Random.Pick(Places.Web), (actor.Random.Scaled(900, 60_000), actor.Random.Scaled(4_000, 4_000_000))));
        actor.Spread(morning, Office, 4, time => actor.Connect(web, time, Places.Resolver, (1_400, 5_200)));
        SimulatedProcess chat = actor.Start(SimulatedLinux.Slack, morning.AddMinutes(1), init);
        actor.Spread(morning.AddMinutes(2), Office, 16,
            time => actor.Connect(chat, time, Places.Chat, (actor.Random.Scaled(1_000, 60_000), 20_000)));
        if (actor.Host.IsOneIn(2))
        {
            SimulatedProcess messenger = actor.Start(SimulatedLinux.Messenger, morning.AddMinutes(2), init);
            actor.Spread(morning.AddMinutes(3), Office, 24,
                time => actor.Connect(
                    messenger, time, Places.Messenger, (actor.Random.Scaled(900, 20_000), actor.Random.Scaled(2_000, 90_000))));
        }

        // Twenty-three ssh to a public port 8080 in twenty minutes: the worst benign case that is on record.
        SimulatedProcess shell = actor.Start(SimulatedLinux.Bash, morning.AddMinutes(30), init);
        actor.Spread(morning.AddHours(2), TimeSpan.FromMinutes(20), 18, time =>
        {
            SimulatedProcess scp = actor.Start(SimulatedLinux.Scp, time, shell);
            Once(actor, SimulatedLinux.Ssh, time.AddMilliseconds(20), Places.OddSsh, (actor.Random.Scaled(3_000, 40_000), 2_600), scp);
            actor.End(scp, time.AddSeconds(8));
        });
        SimulatedProcess vpn = actor.Running(SimulatedLinux.OpenVpn, midnight, Root);
        actor.Connect(vpn, morning, Places.OpenVpn, (40_000_000, 90_000_000), duration: Office);
        actor.Say(
            vpn, morning.AddMilliseconds(300), string.Empty, "[vpn.corp.example] Peer Connection Initiated with [AF_INET]192.0.2.140:1194");
    }

    private static void Once(
        Actor actor, SimulatedProgram program, DateTimeOffset time, Destination place, (long Out, long In) bytes,
            SimulatedProcess? parent = null)
    {
        SimulatedProcess process = actor.Start(program, time, parent);
        actor.Connect(process, time.AddMilliseconds(260), place, bytes);
        actor.End(process, time.AddSeconds(6));
    }
}
