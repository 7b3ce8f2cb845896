using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.MacOs;

/// <summary>The unified log as <c>log stream --style ndjson</c> writes it, each entry with the host that the collector adds.</summary>
internal sealed class UnifiedLogFile(Stream stream) : HostFile(stream)
{
    private readonly JsonLineWriter _lines = new(stream);

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach (MacLogEntry entry in events.SelectMany(happened => Entries(host, happened)).OrderBy(entry => entry.Time))
        {
            _lines.Write(line =>
            {
                line.WriteNumber("traceID", 41_234_567_890);
                line.WriteString("eventMessage", entry.Message);
                line.WriteString("eventType", "logEvent");
                line.WriteNull("source");
                line.WriteString("formatString", "%{public}s");
                line.WriteNumber("activityIdentifier", 0);
                line.WriteString("subsystem", entry.Subsystem);
                line.WriteString("category", entry.Category);
                line.WriteNumber("threadID", 30_000 + entry.Pid);
                line.WriteString("processImagePath", entry.Process);
                line.WriteString("timestamp", EventTimes.LocalWithOffset(entry.Time, host.ZoneOffset));
                line.WriteString("senderImagePath", entry.Sender);
                line.WriteNumber("machTimestamp", (entry.Time - day).Ticks * 24 / 10);
                line.WriteString("messageType", "Default");
                line.WriteNumber("processID", entry.Pid);
                line.WriteNumber("parentActivityIdentifier", 0);
                line.WriteString("timezoneName", string.Empty);
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

    private static IEnumerable<MacLogEntry> Entries(SimulatedHost host, HostEvent happened) => happened switch
    {
        Connected { IsInbound: false } connected => connected.Process.Program.UsesNetworkFramework
            ? MacConnectionEntries.OfFramework(host, connected)
            : MacConnectionEntries.OfKernel(host, connected),
        Logged logged => [Of(logged)],
        _ => [],
    };

    private static MacLogEntry Of(Logged logged)
    {
        int colon = logged.Category.IndexOf(':', StringComparison.Ordinal);
        (string subsystem, string category) = colon < 0 ? (logged.Category, string.Empty)
            : (logged.Category[..colon], logged.Category[(colon + 1)..]);
        return new(
            logged.Time, logged.Process.Pid, logged.Process.Program.Image, logged.Process.Program.Image, subsystem, category, logged.Text);
    }
}

/// <summary>An entry of the unified log.</summary>
/// <param name="Time">When.</param>
/// <param name="Pid">The process that logged.</param>
/// <param name="Process">Its image.</param>
/// <param name="Sender">The library that logged.</param>
/// <param name="Subsystem">The subsystem.</param>
/// <param name="Category">The category.</param>
/// <param name="Message">The text.</param>
internal sealed record MacLogEntry(
    DateTimeOffset Time, int Pid, string Process, string Sender, string Subsystem, string Category, string Message);
