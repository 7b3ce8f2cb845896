using System.Text.Json;
using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.MacOs;

/// <summary>Endpoint Security events as <c>eslogger exec exit mmap</c> writes them, each with the host that the collector adds.</summary>
/// <remarks>Sources: EndpointSecurity/ESTypes.h for the types; XNU, osfmk/kern/cs_blobs.h for the flags.</remarks>
internal sealed class EsloggerFile(Stream stream) : HostFile(stream)
{
    private const int Exec = 9;
    private const int Exit = 15;
    private const int Mmap = 20;
    private const uint Valid = 0x1;
    private const uint AdHoc = 0x2;
    private const uint Runtime = 0x10000;
    private const uint LinkerSigned = 0x20000;
    private const uint PlatformBinary = 0x4000000;
    private const uint HasSignature = 0x20000000;

    private readonly JsonLineWriter _lines = new(stream);
    private long _sequence;

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach (HostEvent happened in events.Where(happened => happened is ProcessStarted or ProcessEnded or LibraryLoaded))
        {
            _lines.Write(line =>
            {
                line.WriteNumber("schema_version", 1);
                line.WriteNumber("version", 9);
                line.WriteNumber("event_type", happened switch { ProcessStarted => Exec, ProcessEnded => Exit, _ => Mmap });
                line.WriteNumber("mach_time", (happened.Time - day).Ticks * 24 / 10);
                line.WriteString("time", EventTimes.IsoNanoseconds(happened.Time));
                line.WriteNumber("seq_num", _sequence);
                line.WriteNumber("global_seq_num", _sequence++);
                line.WriteNumber("action_type", 1);
                SimulatedProcess process = happened.Process;
                if (happened is ProcessStarted)
                {
                    SimulatedProgram parent = new(process.Parent, string.Empty, SimulatedMac.Apple, [])
                    {
                        SigningId = "com.apple."
                        + process.Parent[(process.Parent.LastIndexOf('/') + 1)..]
                    };
                    Process(line, "process", parent, process.ParentPid, 1, process);
                }
                else
                {
                    Process(line, "process", process.Program, process.Pid, process.ParentPid, process);
                }

                line.WriteStartObject("event");
                Body(line, happened);
                line.WriteEndObject();
                line.WriteString("host", host.Fqdn);
            });
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }

    private static void Body(Utf8JsonWriter line, HostEvent happened)
    {
        switch (happened)
        {
            case ProcessStarted start:
                line.WriteStartObject("exec");
                Process(line, "target", start.Process.Program, start.Process.Pid, start.Process.ParentPid, start.Process);
                line.WriteStartArray("args");
                line.WriteStringValue(start.Process.Program.Image);
                foreach (string argument in start.Process.Program.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    line.WriteStringValue(argument);
                }

                line.WriteEndArray();
                line.WriteEndObject();
                break;
            case LibraryLoaded load:
                line.WriteStartObject("mmap");
                line.WriteStartObject("source");
                line.WriteString("path", load.Path);
                line.WriteBoolean("path_truncated", false);
                line.WriteEndObject();
                line.WriteNumber("protection", 5);
                line.WriteNumber("flags", 2);
                line.WriteEndObject();
                break;
            default:
                line.WriteStartObject("exit");
                line.WriteNumber("stat", 0);
                line.WriteEndObject();
                break;
        }
    }

    private static void Process(Utf8JsonWriter line, string name, SimulatedProgram program, int pid, int parentPid, SimulatedProcess who)
    {
        bool isApple = program.Signer == SimulatedMac.Apple;
        int user = who.User == "root" ? 0 : 501;
        line.WriteStartObject(name);
        line.WriteNumber("ppid", parentPid);
        line.WriteBoolean("is_platform_binary", isApple);
        if (program.Signer is null || isApple)
        {
            line.WriteNull("team_id");
        }
        else
        {
            line.WriteString("team_id", program.Signer);
        }

        line.WriteString("signing_id", program.SigningId);
        line.WriteString(
            "cdhash", MacIds.Hash(program.Image) + MacIds.Hash(program.Name) + MacIds.Hash(program.SigningId) + "0123456789abcdef");
        line.WriteStartObject("executable");
        line.WriteBoolean("path_truncated", false);
        line.WriteString("path", program.Image);
        line.WriteEndObject();
        line.WriteStartObject("audit_token");
        line.WriteNumber("pid", pid);
        line.WriteNumber("pidversion", pid * 3L);
        line.WriteNumber("euid", user);
        line.WriteNumber("ruid", user);
        line.WriteNumber("auid", 501);
        line.WriteEndObject();
        line.WriteNumber("codesigning_flags",
            Valid | HasSignature | (program.Signer is null ? AdHoc | LinkerSigned : isApple ? PlatformBinary : Runtime));
        line.WriteString("start_time", EventTimes.Iso(who.Started));
        line.WriteNull("tty");
        line.WriteBoolean("is_es_client", false);
        line.WriteEndObject();
    }
}
