using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>What a Linux server or a developer's desktop does around the clock.</summary>
/// <remarks>
/// Rates a host and day: about 330 starts, 320 connections, 330 crypto library loads. A recorded desktop under scripts has 140 execve
/// and 248 connects in ten minutes, of which 198 fail on a socket of nscd and 46 leave the host: a server at rest, whose
/// starts are cron's, has a sixtieth of the starts. Daemons run since before the recording, as 23 of 266 processes of that desktop do.
/// </remarks>
internal static class LinuxDay
{
    private const string Root = "root";
    private static readonly TimeSpan Day = TimeSpan.FromHours(23.5);

    /// <summary>Lets the day pass.</summary>
    /// <param name="actor">The host.</param>
    /// <param name="midnight">When it begins.</param>
    public static void Run(Actor actor, DateTimeOffset midnight)
    {
        SimulatedProcess init = actor.Running(SimulatedLinux.Systemd, midnight, Root);
        Services(actor, midnight, init);
        Jobs(actor, midnight);
        SignOns(actor, midnight);
        LinuxRoles.Run(actor, midnight, init);
    }

    private static void Services(Actor actor, DateTimeOffset midnight, SimulatedProcess init)
    {
        SimulatedProcess resolved = actor.Running(SimulatedLinux.Resolved, midnight, "systemd-resolve");
        SimulatedProcess chrony = actor.Running(SimulatedLinux.Chrony, midnight, "_chrony");
        SimulatedProcess rsyslog = actor.Running(SimulatedLinux.Rsyslog, midnight, Root);
        SimulatedProcess metrics = actor.Running(SimulatedLinux.Telegraf, midnight, "telegraf");
        SimulatedProcess beats = actor.Running(SimulatedLinux.Filebeat, midnight, Root);
        actor.Spread(midnight, Day, 60, time => actor.Connect(resolved, time, Places.Dns, (52, 120)));
        actor.Spread(midnight, Day, 24, time => actor.Connect(chrony, time, Places.Time, (48, 48)));
        actor.Spread(midnight, Day, 6,
            time => actor.Connect(
                rsyslog, time, Places.LogHost, (actor.Random.Scaled(4_000, 900_000), 0), duration: TimeSpan.FromHours(1)));
        actor.Spread(midnight, Day, 48, time => actor.Connect(metrics, time, Places.Metrics, (actor.Random.Scaled(2_000, 20_000), 300)));
        actor.Spread(midnight, Day, 12,
            time => actor.Connect(
                beats, time, Places.Beats, (actor.Random.Scaled(8_000, 2_000_000), 4_000), duration: TimeSpan.FromMinutes(40)));
        DateTimeOffset updated = midnight.AddHours(6) + actor.Random.Between(TimeSpan.Zero, TimeSpan.FromHours(1));
        SimulatedProcess unattended = actor.Start(SimulatedLinux.Unattended, updated, init, Root);
        for (int package = 0; package < 4; package++)
        {
            SimulatedProcess method = actor.Start(SimulatedLinux.AptHttp, updated.AddSeconds(3 + (package * 4)), unattended, "_apt");
            actor.Connect(method, updated.AddSeconds(4 + (package * 4)), Places.Mirror, (900, actor.Random.Scaled(40_000, 30_000_000)));
            actor.End(method, updated.AddSeconds(9 + (package * 4)));
        }

        actor.End(unattended, updated.AddSeconds(60));
        actor.Spread(midnight, Day, 30,
            time => actor.Say(
                init, time, string.Empty, "Started session-" + actor.Random.Between(10, 900) + ".scope - Session of User root."));
        if (actor.Host.IsOneIn(3))
        {
            SimulatedProcess certbot = actor.Start(SimulatedLinux.Certbot, midnight.AddHours(3), init, Root);
            actor.Connect(certbot, midnight.AddHours(3).AddSeconds(2), Places.Certificates, (4_000, 9_000));
            actor.End(certbot, midnight.AddHours(3).AddSeconds(8));
        }
    }

    /// <summary>Cron: what starts most programs of a server.</summary>
    private static void Jobs(Actor actor, DateTimeOffset midnight)
    {
        SimulatedProcess cron = actor.Running(SimulatedLinux.Cron, midnight, Root);
        actor.Spread(midnight, Day, 24, time => Job(actor, cron, SimulatedLinux.RunParts, time));
        actor.Spread(midnight, Day, 70, time =>
        {
            SimulatedProcess shell = Job(actor, cron, SimulatedLinux.CronShell, time);
            SimulatedProcess tool = actor.Start(actor.Random.Pick(SimulatedLinux.Short), time.AddMilliseconds(60), shell, Root);
            actor.End(tool, time.AddMilliseconds(240));
        });
        actor.Spread(midnight, Day, 110, time =>
        {
            SimulatedProcess tool = actor.Start(actor.Random.Pick(SimulatedLinux.Short), time, cron, Root);
            actor.End(tool, time.AddMilliseconds(300));
        });
        if (actor.Host.IsOneIn(4))
        {
            actor.Spread(midnight, Day, 24, time =>
            {
                SimulatedProcess check = actor.Start(SimulatedLinux.Check, time, cron, Root);
                actor.Connect(check, time.AddMilliseconds(400), Places.Inventory, (1_900, 700));
                actor.End(check, time.AddSeconds(2));
            });
        }
    }

    private static SimulatedProcess Job(Actor actor, SimulatedProcess cron, SimulatedProgram program, DateTimeOffset time)
    {
        actor.Say(cron, time.AddMilliseconds(-20), string.Empty, $"(root) CMD ({program.Image} {program.Arguments})");
        SimulatedProcess job = actor.Start(program, time, cron, Root);
        actor.End(job, time.AddMilliseconds(700));
        return job;
    }

    /// <summary>Administrators who sign on, and strangers who try.</summary>
    private static void SignOns(Actor actor, DateTimeOffset midnight)
    {
        SimulatedProcess sshd = actor.Running(SimulatedLinux.Sshd, midnight, Root);
        Destination own = new(actor.Host.Address, 22, Protocols.WireProtocols.Ssh);
        actor.Spread(midnight.AddHours(8), TimeSpan.FromHours(9), 3, time =>
        {
            string peer = "10.20.0.9";
            int port = actor.Random.Between(40_000, 60_000);
            actor.Accept(
                sshd, time, peer, own, (actor.Random.Scaled(4_000, 90_000), actor.Random.Scaled(9_000, 900_000)), TimeSpan.FromMinutes(12));
            actor.Say(sshd, time.AddMilliseconds(400), string.Empty,
                $"Accepted publickey for {actor.Host.UserName} from {peer} port {port} ssh2: ED25519 SHA256:3pQ0");
            actor.SignOn(sshd, time.AddMilliseconds(400), peer);
            SimulatedProcess shell = actor.Start(SimulatedLinux.Bash, time.AddSeconds(1), sshd);
            for (int command = 0; command < 6; command++)
            {
                SimulatedProcess tool = actor.Start(actor.Random.Pick(SimulatedLinux.Short), time.AddSeconds(8 + (20 * command)), shell);
                actor.End(tool, time.AddSeconds(9 + (20 * command)));
            }

            actor.End(shell, time.AddMinutes(11));
        });
    }
}
