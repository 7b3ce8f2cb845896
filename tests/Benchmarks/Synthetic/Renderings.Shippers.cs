using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CipherWatch.Benchmarks.Synthetic;

/// <content>EVTX dumps, Fluent Bit, Vector, rows of a workspace's tables, Azure Diagnostics.</content>
internal static partial class Renderings
{
    private static void EvtxJson(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteStartObject("Event");
        Attributes(writer, "#attributes", "xmlns", "http://schemas.microsoft.com/win/2004/08/events/event");
        writer.WriteStartObject("System");
        writer.WriteStartObject("Provider");
        Attributes(writer, "#attributes", "Name", record.Provider);
        writer.WriteEndObject();
        writer.WriteNumber("EventID", record.Id);
        writer.WriteStartObject("TimeCreated");
        Attributes(writer, "#attributes", "SystemTime", record.Recorded.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
        writer.WriteNumber("EventRecordID", record.Number);
        writer.WriteString("Channel", record.Channel);
        writer.WriteString("Computer", record.Computer);
        writer.WriteEndObject();
        writer.WriteStartObject("EventData");
        foreach ((string name, string value) in record.Data)
        {
            if (name == "ProcessId" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            {
                writer.WriteNumber(name, pid);
            }
            else
            {
                writer.WriteString(name, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void FluentBit(Utf8JsonWriter writer, SyntheticEvent record)
    {
        FluentBitHeader(writer, record);
        writer.WriteString("Message", record.Message);
        writer.WriteStartArray("StringInserts");
        foreach ((_, string value) in record.Data)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void FluentBitNamed(Utf8JsonWriter writer, SyntheticEvent record)
    {
        FluentBitHeader(writer, record);
        writer.WriteStartObject("EventData");
        Data(writer, record);
        writer.WriteEndObject();
    }

    private static void FluentBitHeader(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteString("ProviderName", record.Provider);
        writer.WriteString("ProviderGuid", "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}");
        writer.WriteString("Qualifiers", "");
        writer.WriteNumber("EventID", record.Id);
        writer.WriteNumber("Version", 5);
        writer.WriteString("TimeCreated", record.Recorded.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " +0000");
        writer.WriteNumber("EventRecordID", record.Number);
        writer.WriteNumber("ProcessID", 2044);
        writer.WriteString("Channel", record.Channel);
        writer.WriteString("Computer", record.Computer);
        writer.WriteString("UserID", @"NT AUTHORITY\SYSTEM");
    }

    private static void Vector(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteString("channel", record.Channel);
        writer.WriteString("computer", record.Computer);
        writer.WriteStartObject("event_data");
        Data(writer, record);
        writer.WriteEndObject();
        writer.WriteNumber("event_id", record.Id);
        writer.WriteString("host", record.Computer);
        writer.WriteString("level", "Information");
        writer.WriteString("message", record.Message);
        writer.WriteNumber("process_id", 2044);
        writer.WriteString("provider_name", record.Provider);
        writer.WriteNumber("record_id", record.Number);
        writer.WriteString("source_type", "windows_event_log");
        writer.WriteString("timestamp", record.Recorded.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
    }

    private static void WindowsEventRow(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteString("TimeGenerated", Iso(record.Recorded));
        writer.WriteString("Provider", record.Provider);
        writer.WriteString("Channel", record.Channel);
        writer.WriteString("Computer", record.Computer);
        writer.WriteNumber("Task", record.Id);
        writer.WriteNumber("EventID", record.Id);
        writer.WriteStartObject("EventData");
        Data(writer, record);
        writer.WriteEndObject();
        writer.WriteNumber("SystemProcessId", 2044);
        writer.WriteString("Type", "WindowsEvent");
    }

    private static void EventRow(Utf8JsonWriter writer, SyntheticEvent record)
    {
        StringBuilder data = new("<DataItem type=\"System.XmlData\" time=\"");
        data.Append(Iso(record.Recorded)).Append("\" sourceHealthServiceId=\"00000000-0000-0000-0000-000000000001\"><EventData xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\">");
        AppendData(data, record);
        data.Append("</EventData></DataItem>");
        writer.WriteString("TimeGenerated", Iso(record.Recorded));
        writer.WriteString("Source", record.Provider);
        writer.WriteString("EventLog", record.Channel);
        writer.WriteString("Computer", record.Computer);
        writer.WriteNumber("EventLevel", 4);
        writer.WriteString("ParameterXml", string.Concat(record.Data.Select(datum => $"<Param>{System.Security.SecurityElement.Escape(datum.Value)}</Param>")));
        writer.WriteString("EventData", data.ToString());
        writer.WriteNumber("EventID", record.Id);
        writer.WriteString("RenderedDescription", record.Message);
        writer.WriteString("UserName", @"NT AUTHORITY\SYSTEM");
        writer.WriteString("Type", "Event");
    }

    private static void AzureDiagnostics(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteString("time", record.Recorded.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("category", "WindowsEventLogsTable");
        writer.WriteString("level", "Informational");
        writer.WriteStartObject("properties");
        writer.WriteString("DeploymentId", "00000000-0000-0000-0000-000000000002");
        writer.WriteString("ProviderName", record.Provider);
        writer.WriteNumber("EventId", record.Id);
        writer.WriteString("Channel", record.Channel);
        writer.WriteString("RawXml", XmlOf(record));
        writer.WriteString("LoggingComputer", record.Computer);
        writer.WriteEndObject();
    }

    private static void JsonInString(Utf8JsonWriter writer, SyntheticEvent record)
    {
        ArrayBufferWriter<byte> inner = new();
        using (Utf8JsonWriter innerWriter = new(inner, Options))
        {
            innerWriter.WriteStartObject();
            Nxlog(innerWriter, record);
            innerWriter.WriteEndObject();
        }

        writer.WriteString("stream", "stdout");
        writer.WriteString("log", inner.WrittenSpan);
    }

    private static void Attributes(Utf8JsonWriter writer, string holder, string name, string value)
    {
        writer.WriteStartObject(holder);
        writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}
