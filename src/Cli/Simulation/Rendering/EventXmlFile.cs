using System.Globalization;
using System.Security;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Windows events as XML, as an export of the event log has them.</summary>
internal static class EventXmlFile
{
    /// <summary>Writes events, in order of their recording.</summary>
    public static void Write(Stream stream, IEnumerable<HostEvent> events)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Events>");
        int number = 7_300;
        foreach (HostEvent hostEvent in events)
        {
            StringBuilder text = new();
            text.Append(CultureInfo.InvariantCulture, $"""
                <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="{WindowsChannel.Provider(hostEvent)}" Guid="{WindowsChannel.ProviderGuid(hostEvent)}"/><EventID>{hostEvent.EventId}</EventID><Level>4</Level><TimeCreated SystemTime="{EventTimes.Iso(hostEvent.Recorded)}"/><EventRecordID>{number++}</EventRecordID><Channel>{WindowsChannel.Name(hostEvent)}</Channel><Computer>{hostEvent.Host.Fqdn}</Computer></System><EventData>
                """);
            foreach ((string name, string value) in hostEvent.Data)
            {
                text.Append(CultureInfo.InvariantCulture, $"<Data Name=\"{name}\">{SecurityElement.Escape(value)}</Data>");
            }

            writer.WriteLine(text.Append("</EventData></Event>"));
        }

        writer.WriteLine("</Events>");
    }
}
