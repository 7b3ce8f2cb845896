using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Implants;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>Lets a day pass on a host: its benign day, and that of the implants on it.</summary>
internal static class FleetDays
{
    private const int WeekendOneIn = 8;
    private static readonly TimeSpan Morning = TimeSpan.FromHours(8);
    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(9);
    private static readonly TimeSpan Day = TimeSpan.FromHours(23.5);

    /// <summary>The first day: a Tuesday.</summary>
    public static DateTimeOffset First { get; } = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Lets one pass; returns what the host recorded, in order of its recording.</summary>
    /// <param name="host">The host.</param>
    /// <param name="day">The day's number, from 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="implants">The implants on the host.</param>
    /// <param name="log">Where flows and processes go.</param>
    public static IReadOnlyList<HostEvent> Run(RunningHost host, int day, ulong seed, IEnumerable<Implant> implants, DayLog log)
    {
        DateTimeOffset midnight = First.AddDays(day);
        bool isOffice = host.Host.Platform is HostPlatform.Windows or HostPlatform.MacOs;
        if (isOffice && midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && !host.Host.IsOneIn(WeekendOneIn))
        {
            return [];
        }

        log.Events.Clear();
        int platform = (int)host.Host.Platform;
        DateTimeOffset start = isOffice ? midnight + Morning - host.Host.ZoneOffset : midnight;
        Benign(new(host, log, SimulationRandom.Of(seed, platform, host.Host.Number, day)), start);
        foreach (Implant implant in implants)
        {
            DateTimeOffset begin = Begin(implant, start, isOffice, day);
            TimeSpan span = start + (isOffice ? WorkingDay : Day) - begin;
            implant.Kind.Run(
                implant, new(host, log, SimulationRandom.Of(seed, platform, host.Host.Number, day, 1_000 + implant.Number)), begin, span);
        }

        return [.. log.Events.OrderBy(happened => happened.Recorded)];
    }

    private static void Benign(Actor actor, DateTimeOffset start)
    {
        switch (actor.Host.Platform)
        {
            case HostPlatform.Windows:
                WindowsDay.Run(actor, start);
                break;
            case HostPlatform.Linux:
                LinuxDay.Run(actor, start);
                break;
            case HostPlatform.MacOs:
                MacDay.Run(actor, start);
                break;
            default:
                EsxiDay.Run(actor, start);
                break;
        }
    }

    /// <summary>
    /// When an implant begins: on its first day some time after everything else, later when its host is up. The relay's host and
    /// the other agree.
    /// </summary>
    private static DateTimeOffset Begin(Implant implant, DateTimeOffset start, bool isOffice, int day)
    {
        SimulationRandom random = SimulationRandom.Of(implant.Traits().Next(), day);
        return day > 0 && !isOffice ? start.AddSeconds(30)
            : start + random.Between(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(isOffice && day > 0 ? 70 : 160));
    }
}
