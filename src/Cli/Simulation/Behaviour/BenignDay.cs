using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>What an office computer does between eight and six: services, sign-on, browsing, updates, files, backup.</summary>
internal static class BenignDay
{
    private const string Services = @"C:\Windows\System32\services.exe";
    private const string NetworkAccount = @"NT AUTHORITY\NETWORK SERVICE";
    private const string SystemAccount = @"NT AUTHORITY\SYSTEM";
    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(9);

    /// <summary>The operating system's own traffic.</summary>
    public static void System(Actor actor, SimulatedHost host, DateTimeOffset boot)
    {
        SimulatedProcess dns = actor.Start(host, Programs.NetworkService, boot, Services, NetworkAccount);
        SimulatedProcess update = actor.Start(host, Programs.UpdateService, boot.AddSeconds(20), Services, SystemAccount);
        SimulatedProcess lsass = actor.Start(host, Programs.Lsass, boot.AddSeconds(-20), @"C:\Windows\System32\wininit.exe", SystemAccount);
        SimulatedProcess kernel = actor.Start(host, Programs.Kernel, boot.AddSeconds(-30), "-", SystemAccount);
        SimulatedProcess defender = actor.Start(host, Programs.Defender, boot.AddSeconds(30), Services, SystemAccount);
        Spread(actor, boot, 60, time => actor.Connect(dns, time, Places.Dns, (44, 96)));
        Spread(actor, boot, 4, time => actor.Connect(dns, time, Places.Time, (48, 48)));
        Spread(actor, boot, 12, time => actor.Connect(lsass, time, Places.Kerberos, (1_480, 1_610)));
        Spread(actor, boot, 8, time => actor.Connect(lsass, time, Places.Ldap, (2_100, 5_400)));
        Spread(actor, boot, 16, time => actor.Connect(kernel, time, Places.Files, (18_000, 240_000)));
        Spread(actor, boot, 5, time => actor.Connect(update, time, Places.Updates, (3_200, 22_000), FirstBytes.Tls(actor.Random, Places.Updates.Name!)));
        Spread(actor, boot, 3, time => actor.Connect(
            update, time, Places.Packages, (420, 3_900_000), FirstBytes.Download(actor.Random, Places.Packages.Name!, "/packages/kb5079123.cab")));
        Spread(actor, boot, 6, time => actor.Connect(defender, time, Places.CloudFiles, (8_400, 1_900), FirstBytes.Tls(actor.Random, Places.CloudFiles.Name!)));
        Spread(actor, boot, 40, time => actor.Security(
            host, time, 4624, ("TargetUserName", host.User), ("LogonType", "3"), ("IpAddress", "10.20.0.10")));
    }

    /// <summary>A person at work.</summary>
    public static void Office(Actor actor, SimulatedHost host, DateTimeOffset boot, SimulatedProgram browser)
    {
        DateTimeOffset signOn = boot.AddMinutes(6);
        SimulatedProcess web = actor.Start(host, browser, signOn.AddMinutes(2));
        SimulatedProcess oneDrive = actor.Start(host, Programs.OneDrive(host), signOn.AddSeconds(40));
        Spread(actor, signOn.AddMinutes(3), 90, time =>
        {
            Destination place = actor.Random.Pick(Places.Web);
            actor.Connect(web, time, place, (actor.Random.Between(900, 40_000), actor.Random.Between(4_000, 900_000)), FirstBytes.Tls(actor.Random, place.Name!));
        });
        Spread(actor, signOn.AddMinutes(3), 6, time => actor.Connect(web, time, Places.PlainWeb, (310, 1_400)));
        Spread(actor, signOn.AddMinutes(1), 20, time => actor.Connect(
            oneDrive, time, Places.CloudFiles, (actor.Random.Between(2_000, 300_000), 9_000), FirstBytes.Tls(actor.Random, Places.CloudFiles.Name!)));
        for (int run = 0; run < 5; run++)
        {
            DateTimeOffset time = boot.AddHours(1 + (2 * run)).AddMinutes(actor.Random.Between(0, 20));
            SimulatedProcess updater = actor.Start(host, Programs.Updater, time, @"C:\Windows\System32\svchost.exe", SystemAccount);
            actor.Connect(updater, time.AddSeconds(2), Places.Updates, (1_800, 6_400), FirstBytes.Tls(actor.Random, Places.Updates.Name!));
            actor.End(updater, time.AddSeconds(14));
        }
    }

    /// <summary>A line-of-business program that calls one server all day, over TLS: a beacon by shape, and benign.</summary>
    public static void Accounting(Actor actor, SimulatedHost host, DateTimeOffset boot)
    {
        SimulatedProcess ledger = actor.Start(host, Programs.Accounting, boot.AddMinutes(15));
        Spread(actor, boot.AddMinutes(16), 48, time => actor.Connect(ledger, time, Places.Ledger, (2_600, 14_000), FirstBytes.Tls(actor.Random, Places.Ledger.Name!)));
    }

    /// <summary>A backup: hours of random-looking bytes to an odd port, by a program that is known for it.</summary>
    public static void Backup(Actor actor, SimulatedHost host, DateTimeOffset boot)
    {
        SimulatedProcess backup = actor.Start(host, Programs.Backup, boot.AddMinutes(1), Services, SystemAccount);
        Spread(actor, boot.AddHours(3), 6, time => actor.Connect(backup, time, Places.BackupServer, (48_000_000, 120_000)));
    }

    private static void Spread(Actor actor, DateTimeOffset from, int count, Action<DateTimeOffset> act)
    {
        TimeSpan slot = WorkingDay / count;
        for (int index = 0; index < count; index++)
        {
            act(from + (slot * index) + actor.Random.Between(TimeSpan.Zero, slot));
        }
    }
}
