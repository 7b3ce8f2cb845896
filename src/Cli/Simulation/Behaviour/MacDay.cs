using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>What a Mac does on a working day: Apple's daemons, a person, Homebrew, Time Machine.</summary>
/// <remarks>
/// Rates a host and day: about 180 starts and 300 connections, by comparison with the Windows office; there is no public recording
/// of a Mac's whole day. Every connection is three to five entries of the log, among as many that say nothing of the network.
/// </remarks>
internal static class MacDay
{
    private const string Root = "root";
    private static readonly TimeSpan Office = TimeSpan.FromHours(9);

    /// <summary>Lets the day pass.</summary>
    public static void Run(Actor actor, DateTimeOffset morning)
    {
        DateTimeOffset awake = morning + actor.Random.Between(TimeSpan.Zero, TimeSpan.FromMinutes(50));
        Daemons(actor, awake);
        Person(actor, awake);
        Developer(actor, awake);
    }

    private static void Daemons(Actor actor, DateTimeOffset awake)
    {
        SimulatedProcess push = actor.Running(SimulatedMac.Push, awake, Root);
        SimulatedProcess trust = actor.Running(SimulatedMac.Trust, awake, Root);
        SimulatedProcess cloud = actor.Running(SimulatedMac.Cloud, awake);
        SimulatedProcess sessions = actor.Running(SimulatedMac.Sessions, awake);
        SimulatedProcess resolver = actor.Running(SimulatedMac.Resolver, awake, "_mdnsresponder");
        SimulatedProcess clock = actor.Running(SimulatedMac.Time, awake, "_timed");
        SimulatedProcess backup = actor.Running(SimulatedMac.TimeMachine, awake, Root);
        Spread(actor, awake, 3, time => actor.Connect(push, time, Places.Push, (4_200, 9_800), duration: TimeSpan.FromHours(2)));
        Spread(actor, awake, 10, time => actor.Connect(trust, time, Places.PlainWeb, (300, 1_800)));
        Spread(actor, awake, 24, time => actor.Connect(cloud, time, Places.CloudFiles, (actor.Random.Scaled(2_000, 2_000_000), 9_000)));
        Spread(actor, awake, 12, time => actor.Connect(sessions, time, Places.Objects, (2_400, actor.Random.Scaled(9_000, 4_000_000))));
        Spread(actor, awake, 30, time => actor.Connect(resolver, time, Places.Dns, (44, 96)));
        Spread(actor, awake, 3, time => actor.Connect(clock, time, Places.Time, (48, 48)));
        Spread(actor, awake, 6,
            time => actor.Connect(backup, time, Places.TimeCapsule, (actor.Random.Scaled(9_000_000, 900_000_000), 400_000),
                duration: TimeSpan.FromMinutes(6)));
        SimulatedProcess update = actor.Start(SimulatedMac.Update, awake.AddMinutes(12), null, Root);
        actor.Connect(update, awake.AddMinutes(12).AddSeconds(3), Places.Updates, (4_000, 60_000));
        Spread(actor, awake, 90, time =>
        {
            SimulatedProcess brief = actor.Start(actor.Random.Pick(SimulatedMac.Short), time);
            actor.End(brief, time.AddSeconds(2));
        });
        Spread(actor, awake, 300,
            time => actor.Say(trust, time, "com.apple.securityd:trust", "asynchronously fetching certificate status for "
                + actor.Random.Between(1, 90) + " anchors"));
    }

    private static void Person(Actor actor, DateTimeOffset awake)
    {
        actor.Start(SimulatedMac.Safari, awake.AddMinutes(2));
        SimulatedProcess web = actor.Start(SimulatedMac.WebKit, awake.AddMinutes(2).AddMilliseconds(300));
        SimulatedProcess chrome = actor.Start(SimulatedMac.Chrome, awake.AddMinutes(4));
        SimulatedProcess slack = actor.Start(SimulatedMac.Slack, awake.AddMinutes(3));
        Spread(actor, awake.AddMinutes(5), 70, time => actor.Connect(
            web, time, actor.Random.Pick(Places.Web), (actor.Random.Scaled(900, 60_000), actor.Random.Scaled(4_000, 4_000_000))));
        Spread(actor, awake.AddMinutes(5), 50, time => actor.Connect(
            chrome, time, actor.Random.Pick(Places.Web), (actor.Random.Scaled(900, 60_000), actor.Random.Scaled(4_000, 4_000_000))));
        Spread(actor, awake.AddMinutes(5), 6, time => actor.Connect(chrome, time, Places.Resolver, (1_400, 5_200)));
        Spread(
            actor, awake.AddMinutes(5), 20, time => actor.Connect(slack, time, Places.Chat, (actor.Random.Scaled(1_000, 60_000), 20_000)));
        if (actor.Host.IsOneIn(2))
        {
            SimulatedProcess zoom = actor.Start(SimulatedMac.Zoom, awake.AddHours(1));
            Spread(actor, awake.AddHours(1), 2, time => actor.Connect(
                zoom, time, Places.Calls, (actor.Random.Scaled(2_000_000, 90_000_000), actor.Random.Scaled(4_000_000, 200_000_000)),
                duration: TimeSpan.FromMinutes(40)));
        }

        if (actor.Host.IsOneIn(3))
        {
            SimulatedProcess music = actor.Start(SimulatedMac.Music, awake.AddMinutes(20));
            Spread(actor, awake.AddMinutes(21), 8,
                time => actor.Connect(music, time, Places.Music, (12_000, actor.Random.Scaled(900_000, 9_000_000))));
        }
    }

    private static void Developer(Actor actor, DateTimeOffset awake)
    {
        SimulatedProcess shell = actor.Start(SimulatedMac.Shell, awake.AddMinutes(15));
        SimulatedProcess code = actor.Start(SimulatedMac.Code, awake.AddMinutes(14));
        Spread(
            actor, awake.AddMinutes(16), 12, time => actor.Connect(code, time, Places.Git, (actor.Random.Scaled(1_000, 40_000), 60_000)));
        DateTimeOffset brew = awake.AddHours(1) + actor.Random.Between(TimeSpan.Zero, TimeSpan.FromHours(5));
        SimulatedProcess ruby = actor.Start(SimulatedMac.Ruby, brew, shell);
        for (int bottle = 0; bottle < 4; bottle++)
        {
            SimulatedProcess curl = actor.Start(SimulatedMac.BrewCurl, brew.AddSeconds(2 + (6 * bottle)), ruby);
            actor.Connect(curl, brew.AddSeconds(3 + (6 * bottle)), Places.Registry, (1_400, actor.Random.Scaled(90_000, 40_000_000)));
            actor.End(curl, brew.AddSeconds(7 + (6 * bottle)));
        }

        Spread(actor, awake.AddMinutes(30), 5, time =>
        {
            SimulatedProcess git = actor.Start(SimulatedMac.BrewGit, time, shell);
            actor.Connect(git, time.AddMilliseconds(300), Places.Git, (3_000, 90_000));
            actor.End(git, time.AddSeconds(4));
        });
        Spread(actor, awake.AddHours(1), 3, time =>
        {
            SimulatedProcess ssh = actor.Start(SimulatedMac.Ssh, time, shell);
            actor.Connect(ssh, time.AddMilliseconds(200), Places.GitSsh, (4_000, 20_000));
            actor.End(ssh, time.AddMinutes(3));
        });
        if (actor.Host.IsOneIn(3))
        {
            SimulatedProcess sync = actor.Start(SimulatedMac.Syncthing, awake.AddMinutes(5));
            Spread(actor, awake.AddMinutes(6), 20,
                time => actor.Connect(sync, time, Places.Peer, (actor.Random.Scaled(2_000, 900_000), 40_000)));
        }

        if (actor.Host.IsOneIn(4))
        {
            SimulatedProcess mesh = actor.Start(SimulatedMac.Tailscale, awake.AddMinutes(1));
            Spread(actor, awake.AddMinutes(2), 6,
                time => actor.Connect(mesh, time, Places.Mesh, (900_000, 2_000_000), duration: TimeSpan.FromHours(1)));
        }
    }

    private static void Spread(Actor actor, DateTimeOffset from, int about, Action<DateTimeOffset> act) =>
        actor.Spread(from, Office, about, act);
}
