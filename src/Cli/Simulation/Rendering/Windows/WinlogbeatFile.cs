using System.Globalization;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Windows;

/// <summary>Windows events as Winlogbeat 6 writes them: header at the top level, data under <c>event_data</c>.</summary>
internal sealed class WinlogbeatFile(Stream stream) : HostFile(stream)
{
    private readonly JsonLineWriter _lines = new(stream);
    private long _number = 910_000;

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach (WindowsRecord record in WindowsRecord.Of(events))
        {
            _lines.Write(line =>
            {
                line.WriteString("@timestamp", EventTimes.Iso(record.Event.Recorded));
                line.WriteString("computer_name", host.Fqdn);
                line.WriteNumber("event_id", record.EventId);
                line.WriteString("level", "Information");
                line.WriteString("log_name", record.Channel);
                line.WriteString("source_name", record.Provider);
                line.WriteString("provider_guid", record.ProviderGuid);
                line.WriteString("record_number", (_number++).ToString(CultureInfo.InvariantCulture));
                line.WriteNumber("process_id", 2_844);
                line.WriteStartObject("event_data");
                foreach ((string name, string value) in record.Data)
                {
                    line.WriteString(name, value);
                }

                line.WriteEndObject();
                line.WriteStartObject("beat");
                line.WriteString("hostname", "collector-01");
                line.WriteString("version", "6.8.23");
                line.WriteEndObject();
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
