using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>What an office computer does between eight and six: services, sign-on, browsing, updates, files, backup.</summary>
/// <remarks>
/// Rates a host and day: about 170 process starts, 400 connections and 700 loads. The recorded sessions that the project measures
/// on have 93 starts and 484 connections an hour and host, but while an attack is under way and somebody types: a quiet office has a
/// tenth. Of their loads one in sixteen passes <c>docs/sysmon.xml</c>, and only such are written here. docs/simulation.md has the table.
/// </remarks>
internal static class WindowsDay
{
    private const string NetworkAccount = @"NT AUTHORITY\NETWORK SERVICE";
    private const string SystemAccount = @"NT AUTHORITY\SYSTEM";
    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(9);

    /// <summary>Lets the day pass.</summary>
    /// <param name="actor">The host.</param>
    /// <param name="morning">Eight o'clock where it stands.</param>
    public static void Run(Actor actor, DateTimeOffset morning)
    {
        DateTimeOffset boot = morning + actor.Random.Between(TimeSpan.Zero, TimeSpan.FromMinutes(50));
        SimulatedProcess services = System(actor, boot);
        Office(actor, boot);
        WindowsExtras.Run(actor, boot, services);
    }

    /// <summary>The operating system's own.</summary>
    private static SimulatedProcess System(Actor actor, DateTimeOffset boot)
    {
        SimulatedProcess services = actor.Start(SimulatedWindows.Services, boot.AddSeconds(-25), null, SystemAccount);
        SimulatedProcess kernel = actor.Start(SimulatedWindows.Kernel, boot.AddSeconds(-30), null, SystemAccount);
        SimulatedProcess lsass = actor.Start(SimulatedWindows.Lsass, boot.AddSeconds(-20), null, SystemAccount);
        SimulatedProcess dns = actor.Start(SimulatedWindows.NetworkService, boot, services, NetworkAccount);
        SimulatedProcess update = actor.Start(SimulatedWindows.UpdateService, boot.AddSeconds(20), services, SystemAccount);
        SimulatedProcess reports = actor.Start(SimulatedWindows.GraphicsService, boot.AddSeconds(24), services, SystemAccount);
        SimulatedProcess defender = actor.Start(SimulatedWindows.Defender, boot.AddSeconds(30), services, SystemAccount);
        Spread(actor, boot, 40, time => actor.Connect(dns, time, Places.Dns, (44, 96)));
        Spread(actor, boot, 4, time => actor.Connect(dns, time, Places.Time, (48, 48)));
        Spread(actor, boot, 12, time => actor.Connect(lsass, time, Places.Kerberos, (1_480, 1_610)));
        Spread(actor, boot, 8, time => actor.Connect(lsass, time, Places.Ldap, (2_100, 5_400)));
        Spread(actor, boot, 4, time =>
        {
            actor.Connect(lsass, time, Places.EndpointMapper, (340, 280));
            actor.Connect(lsass, time.AddMilliseconds(40), Places.Rpc, (2_900, 3_300));
        });
        Spread(actor, boot, 16,
            time => actor.Connect(
                kernel, time, Places.Files, (actor.Random.Scaled(2_000, 400_000), actor.Random.Scaled(4_000, 3_000_000))));
        Spread(actor, boot, 5, time => actor.Connect(update, time, Places.Updates, (3_200, 22_000)));
        Spread(actor, boot, 3, time => actor.Connect(update, time, Places.Packages, (420, actor.Random.Scaled(200_000, 20_000_000))));
        Spread(actor, boot, 6, time => actor.Connect(reports, time, Places.Updates, (6_200, 1_400)));
        Spread(actor, boot, 6, time => actor.Connect(defender, time, Places.CloudFiles, (8_400, 1_900)));
        Spread(actor, boot, 40, time => actor.SignOn(lsass, time, "10.20.0.10"));
        Spread(actor, boot, 130, time =>
        {
            SimulatedProcess brief = actor.Start(actor.Random.Pick(SimulatedWindows.Short), time, services, SystemAccount);
            actor.End(brief, time + actor.Random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(6)));
        });
        return services;
    }

    /// <summary>A person at work.</summary>
    private static void Office(Actor actor, DateTimeOffset boot)
    {
        SimulatedProgram browser = (
            actor.Host.Number % 3) switch
        { 0 => SimulatedWindows.Edge, 1 => SimulatedWindows.Chrome, _ => SimulatedWindows.Firefox };
        DateTimeOffset signOn = boot.AddMinutes(6);
        SimulatedProcess web = actor.Start(browser, signOn.AddMinutes(2));
        SimulatedProcess mail = actor.Start(SimulatedWindows.Outlook, signOn.AddMinutes(1));
        SimulatedProcess files = actor.Start(SimulatedWindows.OneDrive(actor.Host), signOn.AddSeconds(40));
        Spread(actor, signOn.AddMinutes(3), 120, time => actor.Connect(
            web, time, actor.Random.Pick(Places.Web), (actor.Random.Scaled(900, 60_000), actor.Random.Scaled(4_000, 4_000_000))));
        Spread(actor, signOn.AddMinutes(3), 24, time => actor.Connect(
            web, time, actor.Random.Pick(Places.QuicWeb), (actor.Random.Scaled(2_000, 60_000), actor.Random.Scaled(20_000, 9_000_000))));
        Spread(actor, signOn.AddMinutes(3), 6, time => actor.Connect(web, time, Places.PlainWeb, (310, 1_400)));
        Spread(actor, signOn.AddMinutes(2), 30,
            time => actor.Connect(mail, time, Places.Mail, (actor.Random.Scaled(2_000, 900_000), actor.Random.Scaled(4_000, 900_000))));
        Spread(actor, signOn.AddMinutes(1), 20,
            time => actor.Connect(files, time, Places.CloudFiles, (actor.Random.Scaled(2_000, 3_000_000), 9_000)));
        SimulatedProcess chat = actor.Start(SimulatedWindows.Teams, signOn.AddMinutes(1));
        Spread(actor, signOn.AddMinutes(2), 24,
            time => actor.Connect(chat, time, Places.Chat, (actor.Random.Scaled(1_000, 60_000), actor.Random.Scaled(2_000, 90_000))));
        Spread(actor, signOn.AddHours(1), 3, time => actor.Connect(
            chat, time, Places.Voice, (actor.Random.Scaled(900_000, 40_000_000), actor.Random.Scaled(900_000, 90_000_000)),
                duration: TimeSpan.FromMinutes(25)));
        Spread(actor, boot.AddMinutes(30), 5, time => Update(actor, SimulatedWindows.Updater, time));
        Spread(actor, boot.AddMinutes(30), 4, time => Update(actor, SimulatedWindows.EdgeUpdater, time));
    }

    private static void Update(Actor actor, SimulatedProgram program, DateTimeOffset time)
    {
        SimulatedProcess updater = actor.Start(program, time, null, SystemAccount);
        actor.Connect(updater, time.AddSeconds(2), Places.Updates, (1_800, 6_400));
        actor.End(updater, time.AddSeconds(14));
    }

    private static void Spread(Actor actor, DateTimeOffset from, int about, Action<DateTimeOffset> act) =>
        actor.Spread(from, WorkingDay, about, act);
}
