using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Windows;

/// <summary>Windows events as NXLog writes them: one flat object a line, <c>EventTime</c> host-local without a zone.</summary>
internal sealed class NxLogFile(Stream stream) : HostFile(stream)
{
    private readonly JsonLineWriter _lines = new(stream);
    private int _number = 48_000;

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach (WindowsRecord record in WindowsRecord.Of(events))
        {
            _lines.Write(line =>
            {
                line.WriteString("EventTime", EventTimes.Local(record.Event.Recorded, host.ZoneOffset));
                line.WriteString("Hostname", host.Fqdn);
                line.WriteNumber("Keywords", long.MinValue);
                line.WriteString("EventType", "INFO");
                line.WriteNumber("SeverityValue", 2);
                line.WriteNumber("EventID", record.EventId);
                line.WriteString("SourceName", record.Provider);
                line.WriteString("ProviderGuid", record.ProviderGuid);
                line.WriteNumber("RecordNumber", _number++);
                line.WriteNumber("ProcessID", 3_120);
                line.WriteString("Channel", record.Channel);
                line.WriteString("AccountName", "SYSTEM");
                foreach ((string name, string value) in record.Data)
                {
                    line.WriteString(name, value);
                }

                line.WriteString("SourceModuleType", "im_msvistalog");
            });
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }
}
