using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Windows events as Winlogbeat 6 writes them: header at the top level, data under <c>event_data</c>.</summary>
internal static class WinlogbeatFile
{
    /// <summary>Writes events, in order of their recording.</summary>
    public static void Write(Stream stream, IEnumerable<HostEvent> events)
    {
        long number = 910_000;
        foreach (HostEvent hostEvent in events)
        {
            JsonLine.Write(stream, line =>
            {
                line.WriteString("@timestamp", EventTimes.Iso(hostEvent.Recorded));
                line.WriteString("computer_name", hostEvent.Host.Fqdn);
                line.WriteNumber("event_id", hostEvent.EventId);
                line.WriteString("level", "Information");
                line.WriteString("log_name", WindowsChannel.Name(hostEvent));
                line.WriteString("source_name", WindowsChannel.Provider(hostEvent));
                line.WriteString("provider_guid", WindowsChannel.ProviderGuid(hostEvent));
                line.WriteString("record_number", (number++).ToString(System.Globalization.CultureInfo.InvariantCulture));
                line.WriteNumber("process_id", 2_844);
                line.WriteStartObject("event_data");
                foreach ((string name, string value) in hostEvent.Data)
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
}
