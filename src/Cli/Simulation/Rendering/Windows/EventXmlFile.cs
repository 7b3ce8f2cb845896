using System.Globalization;
using System.Security;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Windows;

/// <summary>Windows events as XML, as an export of the event log has them.</summary>
internal sealed class EventXmlFile : HostFile
{
    private readonly StreamWriter _writer;
    private int _number = 7_300;

    public EventXmlFile(Stream stream)
        : base(stream)
    {
        _writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        _writer.WriteLine("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Events>");
    }

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach (WindowsRecord record in WindowsRecord.Of(events))
        {
            StringBuilder text = new("<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System>");
            text.Append(CultureInfo.InvariantCulture, $"<Provider Name=\"{record.Provider}\" Guid=\"{record.ProviderGuid}\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<EventID>{record.EventId}</EventID><Level>4</Level>");
            text.Append(CultureInfo.InvariantCulture, $"<TimeCreated SystemTime=\"{EventTimes.Iso(record.Event.Recorded)}\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<EventRecordID>{_number++}</EventRecordID><Channel>{record.Channel}</Channel>");
            text.Append(CultureInfo.InvariantCulture, $"<Computer>{host.Fqdn}</Computer></System><EventData>");
            foreach ((string name, string value) in record.Data)
            {
                text.Append(CultureInfo.InvariantCulture, $"<Data Name=\"{name}\">{SecurityElement.Escape(value)}</Data>");
            }

            _writer.WriteLine(text.Append("</EventData></Event>"));
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _writer.WriteLine("</Events>");
        _writer.Dispose();
        base.Dispose();
    }
}
