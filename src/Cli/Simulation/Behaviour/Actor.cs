using System.Globalization;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>Lets programs start, load libraries and connect, and writes down what host and sensor see of it.</summary>
internal sealed class Actor(DayLog log, SimulationRandom random)
{
    private const int FirstEphemeralPort = 49_152;
    private const int LastEphemeralPort = 65_000;
    private const string WindowsSigner = "Microsoft Windows";

    // Sysmon writes connections down late, and out of order with the rest.
    private static readonly TimeSpan LeastConnectionDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostConnectionDelay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostDelay = TimeSpan.FromMilliseconds(40);
    private int _ports;

    /// <summary>The numbers of this day.</summary>
    public SimulationRandom Random => random;

    /// <summary>Starts a program: its event 1, the load of its own image, and its libraries.</summary>
    public SimulatedProcess Start(SimulatedHost host, SimulatedProgram program, DateTimeOffset time, string? parent = null, string? user = null)
    {
        SimulatedProcess process = new()
        {
            Host = host,
            Guid = string.Create(CultureInfo.InvariantCulture, $"{{{random.Next():X16}{random.Next():X16}}}").Insert(9, "-").Insert(14, "-").Insert(19, "-").Insert(24, "-"),
            Pid = random.Between(200, 3_000) * 4,
            Program = program,
            Parent = parent ?? @"C:\Windows\explorer.exe",
            User = user ?? host.User,
        };
        Record(host, time, 1, SysmonData.Start(process, time));
        DateTimeOffset at = time + TimeSpan.FromMilliseconds(12);
        Record(host, at, 7, SysmonData.Load(process, at, program.Image, program.Signer));
        foreach (string library in program.Libraries)
        {
            at += random.Between(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(90));
            Record(host, at, 7, SysmonData.Load(process, at, library, WindowsSigner));
        }

        return process;
    }

    /// <summary>Ends a program.</summary>
    public void End(SimulatedProcess process, DateTimeOffset time) => Record(process.Host, time, 5, SysmonData.End(process, time));

    /// <summary>Connects: what Sysmon and the sensor see.</summary>
    public void Connect(
        SimulatedProcess process, DateTimeOffset time, Destination destination, (int Out, int In) bytes, (byte[] Out, byte[] In)? payload = null)
    {
        if (destination is { Name: { } name, Transport: "tcp" } && random.Between(0, 4) == 0)
        {
            DateTimeOffset asked = time - TimeSpan.FromMilliseconds(30);
            Record(process.Host, asked, 22, SysmonData.Resolve(process, asked, name, destination.Address));
        }

        NetworkFlow flow = new()
        {
            Start = time,
            Duration = random.Between(TimeSpan.FromMilliseconds(60), TimeSpan.FromSeconds(20)),
            SourceIp = process.Host.Address,
            SourcePort = FirstEphemeralPort + (_ports++ * 7 % (LastEphemeralPort - FirstEphemeralPort)),
            Destination = destination,
            Bytes = bytes,
            Uid = string.Create(CultureInfo.InvariantCulture, $"C{random.Next():x16}"),
            Payload = payload,
        };
        log.Flows.Add(flow);
        DateTimeOffset recorded = time + random.Between(LeastConnectionDelay, MostConnectionDelay);
        log.Events.Add(new(process.Host, time, recorded, 3, SysmonData.Connect(process, flow)));
    }

    /// <summary>Writes an event of the Security channel down: read, and skipped by design.</summary>
    public void Security(SimulatedHost host, DateTimeOffset time, int eventId, params (string Name, string Value)[] data) =>
        log.Events.Add(new(host, time, time + random.Between(TimeSpan.Zero, MostDelay), eventId, data) { IsSysmon = false });

    private void Record(SimulatedHost host, DateTimeOffset time, int eventId, IReadOnlyList<(string Name, string Value)> data) =>
        log.Events.Add(new(host, time, time + random.Between(TimeSpan.Zero, MostDelay), eventId, data));
}
