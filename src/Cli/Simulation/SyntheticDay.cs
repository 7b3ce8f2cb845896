using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Rendering;

namespace CipherWatch.Cli.Simulation;

/// <summary>A working day of a small office, with one implant in it. The same seed gives the same bytes on every machine.</summary>
internal static class SyntheticDay
{
    /// <summary>A Tuesday.</summary>
    private static readonly DateTimeOffset Morning = new(2026, 3, 10, 8, 0, 0, TimeSpan.Zero);

    private static readonly SimulatedHost Reception = new("ws-reception-02", "10.20.1.12", @"CORP\j.lind", HostRendering.NxLog, TimeSpan.FromHours(1));
    private static readonly SimulatedHost Accounting = new("ws-accounting-07", "10.20.1.37", @"CORP\m.ortega", HostRendering.Winlogbeat, TimeSpan.Zero);
    private static readonly SimulatedHost Design = new("ws-design-04", "10.20.1.44", @"CORP\a.okafor", HostRendering.EventXml, TimeSpan.Zero);

    /// <summary>The host that the implant runs on.</summary>
    public static string InfectedHost => Accounting.Name;

    /// <summary>The implant's image.</summary>
    public static string ImplantImage => Programs.Implant(Accounting).Image;

    /// <summary>Writes the day's telemetry into a folder; returns the files.</summary>
    public static IReadOnlyList<string> Write(string folder, ulong seed)
    {
        DayLog log = new();
        Actor actor = new(log, new SimulationRandom(seed));
        foreach ((SimulatedHost host, SimulatedProgram browser) in ((SimulatedHost, SimulatedProgram)[])
            [(Reception, Programs.Edge), (Accounting, Programs.Chrome), (Design, Programs.Firefox)])
        {
            DateTimeOffset boot = Morning + actor.Random.Between(TimeSpan.Zero, TimeSpan.FromMinutes(25));
            BenignDay.System(actor, host, boot);
            BenignDay.Office(actor, host, boot, browser);
        }

        BenignDay.Accounting(actor, Accounting, Morning);
        BenignDay.Backup(actor, Design, Morning);
        ImplantDay.Run(actor, Accounting, Morning.AddMinutes(101));

        Directory.CreateDirectory(folder);
        return
        [
            Save(folder, "sysmon-nxlog.json", stream => NxLogFile.Write(stream, Of(log, HostRendering.NxLog))),
            Save(folder, "sysmon-winlogbeat.json", stream => WinlogbeatFile.Write(stream, Of(log, HostRendering.Winlogbeat))),
            Save(folder, "sysmon-events.xml", stream => EventXmlFile.Write(stream, Of(log, HostRendering.EventXml))),
            Save(folder, "zeek-conn.log", stream => ZeekFiles.WriteConn(stream, log.Flows)),
            Save(folder, "zeek-ssl.json", stream => ZeekFiles.WriteSsl(stream, log.Flows)),
            Save(folder, "payload-samples.json", stream => PayloadSampleFile.Write(stream, log.Flows)),
        ];
    }

    private static IEnumerable<HostEvent> Of(DayLog log, HostRendering rendering) =>
        log.Events.Where(hostEvent => hostEvent.Host.Rendering == rendering).OrderBy(hostEvent => hostEvent.Recorded);

    private static string Save(string folder, string name, Action<Stream> write)
    {
        string path = Path.Join(folder, name);
        using FileStream file = File.Create(path);
        write(file);
        return path;
    }
}
