using System.Globalization;
using System.Text.Json;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Linux;

/// <summary>
/// osquery's results: rows of process_events and socket_events as they happen, and what process_memory_map newly shows of libraries
/// whenever that is scheduled. Every column is a text.
/// </summary>
internal sealed class OsqueryFile(Stream stream) : HostFile(stream)
{
    /// <summary>How often the mappings are asked for.</summary>
    private static readonly TimeSpan Schedule = TimeSpan.FromMinutes(5);

    private readonly JsonLineWriter _lines = new(stream);
    private int _counter;

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        HashSet<(int Pid, string Path)> mapped = [];
        foreach ((SimulatedProcess process, string library) in AtFirst(events))
        {
            // The first result of a scheduled query is everything that is there.
            mapped.Add((process.Pid, library));
            Mapping(host, Next(day), process, library);
        }

        foreach ((DateTimeOffset asked, HostEvent happened) in Asked(events))
        {
            switch (happened)
            {
                case ProcessStarted start:
                    Row(host, "process_events", asked, start.Time, columns =>
                    {
                        Columns(columns, start.Process);
                        columns.WriteString("cmdline", string.Join(' ', AuditValues.Arguments(start.Process.Program)));
                        columns.WriteString("parent", AuditValues.Whole(start.Process.ParentPid));
                        columns.WriteString("cwd", "\"/\"");
                        columns.WriteString("syscall", "execve");
                    });
                    break;
                case Connected { IsInbound: false } connected:
                    Row(host, "socket_events", asked, connected.Time, columns =>
                    {
                        Columns(columns, connected.Process);
                        columns.WriteString("action", "connect");
                        columns.WriteString("family", "2");
                        columns.WriteString("fd", "5");
                        columns.WriteString("local_address", string.Empty);
                        columns.WriteString("local_port", string.Empty);
                        columns.WriteString("protocol", "0");
                        columns.WriteString("remote_address", connected.Flow.Destination.Address);
                        columns.WriteString("remote_port", AuditValues.Whole(connected.Flow.Destination.Port));
                        columns.WriteString("status", AuditValues.Result(connected).Exit == 0 ? "succeeded" : "in_progress");
                    });
                    break;
                case LibraryLoaded load when mapped.Add((load.Process.Pid, load.Path)):
                    Mapping(host, asked, load.Process, load.Path);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// What the queries see, and when: events at once, mappings of processes that still run at the next scheduled moment.
    /// </summary>
    private static IEnumerable<(DateTimeOffset Asked, HostEvent Event)> Asked(IReadOnlyList<HostEvent> events)
    {
        Dictionary<SimulatedProcess, DateTimeOffset> ended = events.OfType<ProcessEnded>()
            .GroupBy(end => end.Process).ToDictionary(end => end.Key, end => end.First().Time);
        return events.Select(happened => (Asked: happened is LibraryLoaded ? Next(happened.Time) : happened.Recorded, Event: happened))
            .Where(entry => entry.Event is not LibraryLoaded || !ended.TryGetValue(entry.Event.Process, out DateTimeOffset end)
                || end > entry.Asked)
            .OrderBy(entry => entry.Asked);
    }

    /// <summary>Mappings of the programs that ran before the day began.</summary>
    private static IEnumerable<(SimulatedProcess Process, string Library)> AtFirst(IReadOnlyList<HostEvent> events)
    {
        HashSet<SimulatedProcess> started = [.. events.OfType<ProcessStarted>().Select(start => start.Process)];
        return events.OfType<Connected>().Select(connected => connected.Process).Distinct().Where(process => !started.Contains(process))
            .SelectMany(process => process.Program.Libraries.Select(library => (process, library)));
    }

    private static DateTimeOffset Next(DateTimeOffset time) =>
        new(time.Ticks - (time.Ticks % Schedule.Ticks) + Schedule.Ticks, time.Offset);

    private static void Columns(Utf8JsonWriter columns, SimulatedProcess process)
    {
        columns.WriteString("pid", AuditValues.Whole(process.Pid));
        columns.WriteString("path", process.Program.Image);
        columns.WriteString("uid", AuditValues.UserId(process.User));
        columns.WriteString("auid", "4294967295");
    }

    private void Mapping(SimulatedHost host, DateTimeOffset asked, SimulatedProcess process, string library) =>
        Row(host, "pack_crypto_process_memory_map", asked, null, columns =>
        {
            columns.WriteString("pid", AuditValues.Whole(process.Pid));
            columns.WriteString("process_path", process.Program.Image);
            columns.WriteString("path", library);
            columns.WriteString("start", "0x00007f3d8a300000");
            columns.WriteString("end", "0x00007f3d8a5c0000");
            columns.WriteString("permissions", "r-xp");
            columns.WriteString("offset", "737280");
            columns.WriteString("pseudo", "0");
        });

    private void Row(SimulatedHost host, string query, DateTimeOffset asked, DateTimeOffset? happened, Action<Utf8JsonWriter> fill) =>
        _lines.Write(line =>
    {
        line.WriteString("name", query);
        line.WriteString("hostIdentifier", host.Fqdn);
        line.WriteString("calendarTime", asked.UtcDateTime.ToString("ddd MMM d HH:mm:ss yyyy 'UTC'", CultureInfo.InvariantCulture));
        line.WriteNumber("unixTime", asked.ToUnixTimeSeconds());
        line.WriteNumber("epoch", 0);
        line.WriteNumber("counter", ++_counter);
        line.WriteBoolean("numerics", false);
        line.WriteStartObject("columns");
        fill(line);
        if (happened is { } time)
        {
            line.WriteString("time", AuditValues.Whole(time.ToUnixTimeSeconds()));
            line.WriteString("uptime", AuditValues.Whole(time.ToUnixTimeSeconds() % 8_640_000));
        }

        line.WriteEndObject();
        line.WriteString("action", "added");
    });
}
