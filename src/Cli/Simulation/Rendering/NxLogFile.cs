using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Windows events as NXLog writes them: one flat object a line, <c>EventTime</c> host-local without a zone.</summary>
internal static class NxLogFile
{
    /// <summary>Writes events, in order of their recording.</summary>
    public static void Write(Stream stream, IEnumerable<HostEvent> events)
    {
        int number = 48_000;
        foreach (HostEvent hostEvent in events)
        {
            JsonLine.Write(stream, line =>
            {
                line.WriteString("EventTime", EventTimes.Local(hostEvent.Recorded, hostEvent.Host.ZoneOffset));
                line.WriteString("Hostname", hostEvent.Host.Fqdn);
                line.WriteNumber("Keywords", long.MinValue);
                line.WriteString("EventType", "INFO");
                line.WriteNumber("SeverityValue", 2);
                line.WriteNumber("EventID", hostEvent.EventId);
                line.WriteString("SourceName", WindowsChannel.Provider(hostEvent));
                line.WriteString("ProviderGuid", WindowsChannel.ProviderGuid(hostEvent));
                line.WriteNumber("RecordNumber", number++);
                line.WriteNumber("ProcessID", 3_120);
                line.WriteString("Channel", WindowsChannel.Name(hostEvent));
                line.WriteString("AccountName", "SYSTEM");
                foreach ((string name, string value) in hostEvent.Data)
                {
                    line.WriteString(name, value);
                }

                line.WriteString("SourceModuleType", "im_msvistalog");
            });
        }
    }
}
