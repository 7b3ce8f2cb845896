using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>What only some office computers have: each of it looks like an implant in some way, and is none.</summary>
internal static class WindowsExtras
{
    private const string SystemAccount = @"NT AUTHORITY\SYSTEM";
    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(9);

    /// <summary>Lets it run, on the hosts that have it.</summary>
    public static void Run(Actor actor, DateTimeOffset boot, SimulatedProcess services)
    {
        if (actor.Host.IsOneIn(3))
        {
            Backup(actor, boot, services);
        }

        if (actor.Host.IsOneIn(4))
        {
            Management(actor, boot, services);
        }

        if (actor.Host.IsOneIn(5))
        {
            Beacon(actor, boot, SimulatedWindows.Accounting, Places.Ledger, 48);
        }

        if (actor.Host.IsOneIn(40))
        {
            Beacon(actor, boot, SimulatedWindows.Inventory, Places.Inventory, 40);
        }

        if (actor.Host.IsOneIn(8))
        {
            Beacon(actor, boot, SimulatedWindows.Messenger(actor.Host), Places.Messenger, 30);
        }

        if (actor.Host.IsOneIn(10))
        {
            Beacon(actor, boot, SimulatedWindows.Music(actor.Host), Places.Music, 8);
        }

        if (actor.Host.IsOneIn(7))
        {
            SimulatedProcess zoom = actor.Start(SimulatedWindows.Zoom(actor.Host), boot.AddHours(1));
            Spread(actor, boot.AddHours(1), 2, time => actor.Connect(zoom, time.AddSeconds(-4), Places.Chat, (4_200, 18_000)));
            Spread(actor, boot.AddHours(1), 2, time => actor.Connect(
                zoom, time, Places.Calls, (actor.Random.Scaled(2_000_000, 90_000_000), actor.Random.Scaled(4_000_000, 200_000_000)),
                    duration: TimeSpan.FromMinutes(40)));
        }

        if (actor.Host.IsOneIn(9))
        {
            SimulatedProgram program = actor.Host.IsOneIn(2) ? SimulatedWindows.OpenVpn : SimulatedWindows.WireGuard;
            SimulatedProcess vpn = actor.Start(program, boot.AddMinutes(3), services, SystemAccount);
            Spread(actor, boot.AddMinutes(4), 3, time => actor.Connect(
                vpn, time, program == SimulatedWindows.OpenVpn ? Places.OpenVpn : Places.WireGuard,
                (actor.Random.Scaled(4_000_000, 200_000_000), actor.Random.Scaled(9_000_000, 900_000_000)),
                    duration: TimeSpan.FromHours(2)));
        }

        if (actor.Host.IsOneIn(6))
        {
            Developer(actor, boot);
        }
    }

    /// <summary>A program that calls one server all day: a beacon by shape, and benign.</summary>
    private static void Beacon(Actor actor, DateTimeOffset boot, SimulatedProgram program, Destination place, int calls)
    {
        SimulatedProcess process = actor.Start(program, boot.AddMinutes(actor.Random.Between(8, 40)));
        Spread(actor, boot.AddMinutes(41), calls,
            time => actor.Connect(process, time, place, (actor.Random.Scaled(900, 9_000), actor.Random.Scaled(2_000, 60_000))));
    }

    /// <summary>A backup: hours of random-looking bytes to an odd port, by a program that is known for it.</summary>
    private static void Backup(Actor actor, DateTimeOffset boot, SimulatedProcess services)
    {
        SimulatedProcess backup = actor.Start(SimulatedWindows.Backup, boot.AddMinutes(1), services, SystemAccount);
        Spread(actor, boot.AddHours(2), 6,
            time => actor.Connect(backup, time, Places.BackupServer, (actor.Random.Scaled(4_000_000, 90_000_000), 120_000)));
    }

    /// <summary>An agent that runs scripts.</summary>
    private static void Management(Actor actor, DateTimeOffset boot, SimulatedProcess services)
    {
        SimulatedProcess agent = actor.Start(SimulatedWindows.ManagementAgent, boot.AddMinutes(2), services, SystemAccount);
        Spread(actor, boot.AddMinutes(5), 9,
            time => actor.Connect(agent, time, Places.Ledger with { Name = "cm.corp.example", Port = 443 }, (4_000, 9_000)));
        Spread(actor, boot.AddMinutes(20), 4, time =>
        {
            SimulatedProcess script = actor.Start(SimulatedWindows.ManagementScript, time, agent, SystemAccount);
            actor.Connect(script, time.AddSeconds(5), Places.Ledger with { Name = "cm.corp.example", Port = 443 }, (22_000, 1_200));
            actor.End(script, time.AddSeconds(21));
        });
    }

    private static void Developer(Actor actor, DateTimeOffset boot)
    {
        SimulatedProcess editor = actor.Start(SimulatedWindows.Editor(actor.Host), boot.AddMinutes(14));
        Spread(actor, boot.AddMinutes(15), 16,
            time => actor.Connect(editor, time, Places.Git, (actor.Random.Scaled(1_000, 40_000), actor.Random.Scaled(2_000, 400_000))));
        SimulatedProcess shell = actor.Start(SimulatedWindows.Putty, boot.AddHours(1));
        Spread(actor, boot.AddHours(1), 3,
            time => actor.Connect(shell, time, Places.GitSsh with { Address = "10.20.0.62", Name = "web.corp.example" }, (9_000, 60_000)));
        SimulatedProcess desktop = actor.Start(SimulatedWindows.RemoteDesktop, boot.AddHours(2));
        Spread(actor, boot.AddHours(2), 2,
            time => actor.Connect(desktop, time, Places.RemoteDesktop, (400_000, 30_000_000), duration: TimeSpan.FromMinutes(20)));
    }

    private static void Spread(Actor actor, DateTimeOffset from, int about, Action<DateTimeOffset> act) =>
        actor.Spread(from, WorkingDay, about, act);
}
