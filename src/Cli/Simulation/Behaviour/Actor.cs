using System.Globalization;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Truth;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>Lets programs of one host start, load libraries and connect, and writes down what host and sensor see of it.</summary>
internal sealed class Actor(RunningHost running, DayLog log, SimulationRandom random)
{
    /// <summary>The sensor exports the first bytes of what it cannot name, and of one in so many flows that it can.</summary>
    private const int SampledOneIn = 10;

    /// <summary>Names that are asked for anew; the rest come from the cache.</summary>
    private const int ResolvedOneIn = 4;

    // Measured over recorded sessions: Sysmon writes connections 1 to 3 s late, out of order with the rest (docs/telemetry.md, Clocks).
    private static readonly TimeSpan MinConnectionDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxConnectionDelay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(40);

    // Between the start of a program and the load of a library, and between two loads: from the same sessions.
    private static readonly TimeSpan MinLoad = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan MaxLoad = TimeSpan.FromMilliseconds(90);

    /// <summary>The host.</summary>
    public SimulatedHost Host => running.Host;

    /// <summary>The numbers of this day.</summary>
    public SimulationRandom Random => random;

    /// <summary>What is left behind.</summary>
    public DayLog Log => log;

    /// <summary>Starts a program: its start, the load of its own image, and its libraries.</summary>
    public SimulatedProcess Start(
        SimulatedProgram program, DateTimeOffset time, SimulatedProcess? parent = null, string? user = null, TruthLabel? label = null)
    {
        SimulatedProcess process = Make(program, time, parent, user, label);
        Record(new ProcessStarted(process, time, Late(time)));
        DateTimeOffset at = time + TimeSpan.FromMilliseconds(12);
        if (Host.Platform == HostPlatform.Windows)
        {
            Record(new LibraryLoaded(process, at, Late(at), program.Image, program.Signer));
        }

        Load(process, at, program.Libraries);
        return process;
    }

    /// <summary>A program that runs already: no log says when it started.</summary>
    public SimulatedProcess Running(SimulatedProgram program, DateTimeOffset since, string? user = null, TruthLabel? label = null)
    {
        if (!running.Services.TryGetValue(program.CommandLine, out SimulatedProcess? process))
        {
            process = Make(program, since - TimeSpan.FromDays(random.Between(1, 40)), null, user, label);
            running.Services.Add(program.CommandLine, process);
        }

        return process;
    }

    /// <summary>A program that is started on the first day and keeps running.</summary>
    public SimulatedProcess StartOnce(
        SimulatedProgram program, DateTimeOffset time, SimulatedProcess? parent, string? user, TruthLabel label)
    {
        string key = label.Family + program.CommandLine;
        if (!running.Services.TryGetValue(key, out SimulatedProcess? process))
        {
            process = Start(program, time, parent, user, label);
            running.Services.Add(key, process);
        }

        return process;
    }

    /// <summary>Loads libraries, one soon after the other.</summary>
    public void Load(SimulatedProcess process, DateTimeOffset at, IReadOnlyList<string> libraries)
    {
        foreach (string library in libraries)
        {
            at += random.Between(MinLoad, MaxLoad);
            Record(new LibraryLoaded(process, at, Late(at), library, Signers.OfLibrary(library)));
        }
    }

    /// <summary>Ends a program.</summary>
    public void End(SimulatedProcess process, DateTimeOffset time) => Record(new ProcessEnded(process, time, Late(time)));

    /// <summary>Lets a program start a thread in another.</summary>
    public void Inject(SimulatedProcess process, DateTimeOffset time, SimulatedProcess target) =>
        Record(new ThreadInjected(process, time, Late(time), target));

    /// <summary>Writes a line to the platform's log.</summary>
    public void Say(SimulatedProcess process, DateTimeOffset time, string category, string text) =>
        Record(new Logged(process, time, Late(time), category, text));

    /// <summary>Writes a sign-on to the platform's security log.</summary>
    public void SignOn(SimulatedProcess process, DateTimeOffset time, string peer) => Record(new SignedOn(process, time, Late(time), peer));

    /// <summary>Connects: what host and sensor see.</summary>
    /// <param name="process">Who.</param>
    /// <param name="time">When.</param>
    /// <param name="destination">To where.</param>
    /// <param name="bytes">Payload bytes out and in.</param>
    /// <param name="payload">First bytes each way; null for those of the destination's protocol, of which the sensor exports some.</param>
    /// <param name="duration">How long; null for up to 20 s.</param>
    public NetworkFlow Connect(
        SimulatedProcess process, DateTimeOffset time, Destination destination, (long Out, long In) bytes, Payload? payload = null,
            TimeSpan? duration = null)
    {
        if (destination is { Name: { } name, Transport: "tcp" } && random.OneIn(ResolvedOneIn))
        {
            DateTimeOffset asked = time - TimeSpan.FromMilliseconds(30);
            Record(new NameResolved(process, asked, Late(asked), name, destination.Address));
        }

        bool isSampled = !destination.Protocol.IsNamed || random.OneIn(SampledOneIn);
        NetworkFlow flow = new()
        {
            Start = time,
            Duration = duration ?? random.Between(TimeSpan.FromMilliseconds(60), TimeSpan.FromSeconds(20)),
            SourceIp = Host.Address,
            SourcePort = running.NextPort(),
            Destination = destination,
            Bytes = bytes,
            Id = random.Next(),
            Payload = payload ?? (isSampled ? destination.Protocol.Speak(random, destination) : null),
        };
        log.Flows.Add(flow);
        process.Connections++;
        Record(new Connected(process, time, Late(time, MinConnectionDelay, MaxConnectionDelay), flow, process.Connections));
        if (process.FirstDestination is null)
        {
            process.FirstDestination = destination;
            log.Named.Add(process);
        }

        return flow;
    }

    /// <summary>Is connected to, by somebody whose own host is not simulated.</summary>
    public void Accept(
        SimulatedProcess process, DateTimeOffset time, string peer, Destination own, (long Out, long In) bytes, TimeSpan? duration = null)
    {
        NetworkFlow flow = new()
        {
            Start = time,
            Duration = duration ?? random.Between(TimeSpan.FromMilliseconds(60), TimeSpan.FromSeconds(20)),
            SourceIp = peer,
            SourcePort = random.Between(32_768, 60_999),
            Destination = own,
            Bytes = bytes,
            Id = random.Next(),
            Payload = random.OneIn(SampledOneIn) ? own.Protocol.Speak(random, own) : null,
        };
        log.Flows.Add(flow);
        Accept(process, flow);
    }

    /// <summary>Is connected to, by a connection that the sensor has already.</summary>
    public void Accept(SimulatedProcess process, NetworkFlow flow) =>
        Record(new Connected(process, flow.Start, Late(flow.Start, MinConnectionDelay, MaxConnectionDelay), flow, Number: 0));

    /// <summary>Does something about so many times between two moments, spread evenly but not regularly.</summary>
    public void Spread(DateTimeOffset from, TimeSpan span, int about, Action<DateTimeOffset> act)
    {
        int count = random.About(about);
        TimeSpan slot = span / count;
        for (int index = 0; index < count; index++)
        {
            act(from + (slot * index) + random.Between(TimeSpan.Zero, slot));
        }
    }

    private SimulatedProcess Make(SimulatedProgram program, DateTimeOffset time, SimulatedProcess? parent, string? user, TruthLabel? label)
    {
        SimulatedProcess process = new()
        {
            Host = Host,
            Guid = Host.Platform == HostPlatform.Windows ? Guid() : string.Empty,
            Pid = running.NextPid(random),
            Program = program,
            Parent = parent?.Program.Image ?? program.UsualParent ?? Signers.UsualParent(Host.Platform),
            ParentPid = parent?.Pid ?? 1,
            User = user ?? Host.User,
            Started = time,
            Label = label ?? TruthLabel.Benign,
        };
        if (process.Label.IsImplant)
        {
            // Implants are named even where they leave connecting to others.
            log.Named.Add(process);
        }

        return process;
    }

    private string Guid()
    {
        (ulong first, ulong second) = (random.Next(), random.Next());
        string front = string.Create(
            CultureInfo.InvariantCulture, $"{(uint)(first >> 32):X8}-{(ushort)(first >> 16):X4}-{(ushort)first:X4}");
        return string.Create(CultureInfo.InvariantCulture, $"{{{front}-{(ushort)(second >> 48):X4}-{second & 0xffff_ffff_ffff:X12}}}");
    }

    private DateTimeOffset Late(DateTimeOffset time) => time + random.Between(TimeSpan.Zero, MaxDelay);

    private DateTimeOffset Late(DateTimeOffset time, TimeSpan least, TimeSpan most) =>
        Host.Platform == HostPlatform.Windows ? time + random.Between(least, most) : Late(time);

    private void Record(HostEvent hostEvent) => log.Events.Add(hostEvent);
}
