using System.Globalization;
using System.Text.Json;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Linux;

/// <summary>Linux audit as laurel writes it: one object an event.</summary>
internal sealed class LaurelFile(Stream stream) : HostFile(stream)
{
    private readonly JsonLineWriter _lines = new(stream);
    private readonly Dictionary<string, long> _serials = [];

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        long serial = _serials.GetValueOrDefault(host.Name, 500 + (host.Number * 89));
        foreach (
            HostEvent happened in events.Where(happened => happened is ProcessStarted or LibraryLoaded or Connected { IsInbound: false }))
        {
            serial++;
            _lines.Write(line =>
            {
                line.WriteString("ID", $"{EventTimes.EpochMilliseconds(happened.Time)}:{AuditValues.Whole(serial)}");
                line.WriteString("NODE", host.Fqdn);
                Event(line, happened);
            });
        }

        _serials[host.Name] = serial;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }

    private static void Event(Utf8JsonWriter line, HostEvent happened)
    {
        SimulatedProgram program = happened.Process.Program;
        switch (happened)
        {
            case ProcessStarted:
                Call(line, happened.Process, AuditValues.Execve, "yes", 0, "exec");
                line.WriteStartObject("EXECVE");
                Words(line, program);
                line.WriteEndObject();
                Paths(line, program.Image);
                break;
            case LibraryLoaded load:
                Call(line, happened.Process, AuditValues.OpenAt, "yes", 3, "crypto");
                Paths(line, load.Path);
                break;
            case Connected connected:
                (string success, int exit) = AuditValues.Result(connected);
                Call(line, happened.Process, AuditValues.Connect, success, exit, "network");
                Destination peer = connected.Flow.Destination;
                line.WriteStartArray("SOCKADDR");
                line.WriteStartObject();
                line.WriteString("saddr", Escaped(Convert.FromHexString(AuditValues.SocketAddress(peer.Address, peer.Port))));
                line.WriteString("SADDR", $"{{saddr_fam=inet laddr={peer.Address} lport={AuditValues.Whole(peer.Port)}}}");
                line.WriteEndObject();
                line.WriteEndArray();
                break;
        }

        line.WriteStartObject("CWD");
        line.WriteString("cwd", "/");
        line.WriteEndObject();
        line.WriteStartObject("PROCTITLE");
        Words(line, program);
        line.WriteEndObject();
    }

    private static void Call(Utf8JsonWriter line, SimulatedProcess process, int number, string success, int exit, string key)
    {
        line.WriteStartObject("SYSCALL");
        line.WriteString("arch", "0xc000003e");
        line.WriteNumber("syscall", number);
        line.WriteString("success", success);
        line.WriteNumber("exit", exit);
        line.WriteNumber("items", 1);
        line.WriteNumber("ppid", process.ParentPid);
        line.WriteNumber("pid", process.Pid);
        line.WriteNumber("uid", int.Parse(AuditValues.UserId(process.User), CultureInfo.InvariantCulture));
        line.WriteString("tty", "(none)");
        line.WriteString("comm", AuditValues.ThreadName(process.Program));
        line.WriteString("exe", process.Program.Image);
        line.WriteString("key", key);
        line.WriteString("ARCH", "x86_64");
        line.WriteString("SYSCALL", number switch { AuditValues.Execve => "execve", AuditValues.Connect => "connect", _ => "openat" });
        line.WriteString("UID", process.User);
        string[] arguments = number switch
        {
            AuditValues.Execve => ["0x55d0c8e0", "0x55d0c910", "0x55d0c960", "0x8"],
            AuditValues.Connect => ["0x5", "0x7ffc11d0", "0x10", "0x0"],
            _ => ["0xffffff9c", "0x7f3d8a30", "0x80000", "0x0"],
        };
        line.WriteStartArray("ARGV");
        foreach (string argument in arguments)
        {
            line.WriteStringValue(argument);
        }

        line.WriteEndArray();
        line.WriteStartObject("PPID");
        line.WriteString("comm", process.Parent[(process.Parent.LastIndexOf('/') + 1)..]);
        line.WriteString("exe", process.Parent);
        line.WriteEndObject();
        line.WriteEndObject();
    }

    /// <summary>Bytes as laurel writes them: what does not print, and the percent sign, as a percent sign and two digits.</summary>
    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(value =>
        value is < 0x20 or > 0x7e or (byte)'%' ? "%" + value.ToString("x2", CultureInfo.InvariantCulture) : ((char)value).ToString()));

    private static void Words(Utf8JsonWriter line, SimulatedProgram program)
    {
        line.WriteStartArray("ARGV");
        foreach (string word in AuditValues.Arguments(program))
        {
            line.WriteStringValue(word);
        }

        line.WriteEndArray();
    }

    private static void Paths(Utf8JsonWriter line, string path)
    {
        line.WriteStartArray("PATH");
        line.WriteStartObject();
        line.WriteNumber("item", 0);
        line.WriteString("name", path);
        line.WriteString("mode", "0o100755");
        line.WriteString("nametype", "NORMAL");
        line.WriteEndObject();
        line.WriteEndArray();
    }
}
