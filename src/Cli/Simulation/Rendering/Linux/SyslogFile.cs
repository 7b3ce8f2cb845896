using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Linux;

/// <summary>Lines of daemons as rsyslog writes them to a file: its own time format, no priority.</summary>
internal sealed class SyslogFile(Stream stream) : HostFile(stream)
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false)) { NewLine = "\n" };

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach (Logged line in events.OfType<Logged>())
        {
            string program = line.Process.Program.Name == "cron" ? "CRON" : line.Process.Program.Name;
            _writer.WriteLine(
                $"{EventTimes.Rsyslog(line.Recorded)} {host.Name} {program}[{AuditValues.Whole(line.Process.Pid)}]: {line.Text}");
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _writer.Dispose();
        base.Dispose();
    }
}
