using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CipherWatch.Benchmarks.Synthetic;

/// <summary>Writes events as the shippers do, one a line.</summary>
internal static partial class Renderings
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every rendering by name.</summary>
    public static readonly (string Name, bool IsJson, Action<Stream, SyntheticEvent> Write)[] All =
    [
        ("nxlog", true, (stream, record) => Json(stream, writer => Nxlog(writer, record))),
        ("winlogbeat6", true, (stream, record) => Json(stream, writer => Winlogbeat6(writer, record))),
        ("winlogbeat", true, (stream, record) => Json(stream, writer => Winlogbeat(writer, record))),
        ("winlogbeat-ecs", true, (stream, record) => Json(stream, writer => Ecs(writer, record))),
        ("evtx-json", true, (stream, record) => Json(stream, writer => EvtxJson(writer, record))),
        ("fluent-bit", true, (stream, record) => Json(stream, writer => FluentBit(writer, record))),
        ("fluent-bit-named", true, (stream, record) => Json(stream, writer => FluentBitNamed(writer, record))),
        ("vector", true, (stream, record) => Json(stream, writer => Vector(writer, record))),
        ("windows-event-row", true, (stream, record) => Json(stream, writer => WindowsEventRow(writer, record))),
        ("event-row", true, (stream, record) => Json(stream, writer => EventRow(writer, record))),
        ("azure-diagnostics", true, (stream, record) => Json(stream, writer => AzureDiagnostics(writer, record))),
        ("json-in-string", true, (stream, record) => Json(stream, writer => JsonInString(writer, record))),
        ("evtx-xml", false, Xml),
    ];

    /// <summary>The events in one rendering.</summary>
    public static byte[] Render(Action<Stream, SyntheticEvent> write, IEnumerable<SyntheticEvent> events)
    {
        using MemoryStream stream = new();
        foreach (SyntheticEvent record in events)
        {
            write(stream, record);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    private static void Json(Stream stream, Action<Utf8JsonWriter> write)
    {
        using Utf8JsonWriter writer = new(stream, Options);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }

    private static void Nxlog(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteString("EventTime", record.Recorded.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        writer.WriteString("Hostname", record.Computer);
        writer.WriteNumber("Keywords", long.MinValue);
        writer.WriteString("EventType", "INFO");
        writer.WriteNumber("SeverityValue", 2);
        writer.WriteNumber("EventID", record.Id);
        writer.WriteString("SourceName", record.Provider);
        writer.WriteString("ProviderGuid", "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}");
        writer.WriteNumber("RecordNumber", record.Number);
        writer.WriteNumber("ProcessID", 2044);
        writer.WriteNumber("ThreadID", 3120);
        writer.WriteString("Channel", record.Channel);
        writer.WriteString("AccountName", "SYSTEM");
        writer.WriteString("Message", record.Message);
        Data(writer, record);
        writer.WriteString("SourceModuleType", "im_msvistalog");
    }

    private static void Winlogbeat6(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteString("@timestamp", record.Recorded.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("source_name", record.Provider);
        writer.WriteString("log_name", record.Channel);
        writer.WriteNumber("event_id", record.Id);
        writer.WriteString("level", "Information");
        writer.WriteString("record_number", record.Number.ToString(CultureInfo.InvariantCulture));
        writer.WriteNumber("process_id", 2044);
        writer.WriteString("computer_name", record.Computer);
        writer.WriteStartObject("event_data");
        Data(writer, record);
        writer.WriteEndObject();
        writer.WriteString("message", record.Message);
        writer.WriteString("type", "wineventlog");
    }

    private static void Data(Utf8JsonWriter writer, SyntheticEvent record)
    {
        foreach ((string name, string value) in record.Data)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Xml(Stream stream, SyntheticEvent record) => stream.Write(Encoding.UTF8.GetBytes(XmlOf(record)));

    private static string XmlOf(SyntheticEvent record)
    {
        StringBuilder text = new();
        text.Append("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='").Append(record.Provider)
            .Append("' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID>").Append(CultureInfo.InvariantCulture, $"{record.Id}")
            .Append("</EventID><Version>5</Version><Level>4</Level><TimeCreated SystemTime='")
            .Append(CultureInfo.InvariantCulture, $"{record.Recorded:yyyy-MM-dd'T'HH:mm:ss.fffffff}00Z'/><EventRecordID>{record.Number}</EventRecordID>")
            .Append("<Execution ProcessID='2044' ThreadID='3120'/><Channel>").Append(record.Channel).Append("</Channel><Computer>")
            .Append(record.Computer).Append("</Computer><Security UserID='S-1-5-18'/></System><EventData>");
        AppendData(text, record);
        return text.Append("</EventData></Event>").ToString();
    }

    private static void AppendData(StringBuilder text, SyntheticEvent record)
    {
        foreach ((string name, string value) in record.Data)
        {
            text.Append("<Data Name='").Append(name).Append("'>").Append(System.Security.SecurityElement.Escape(value)).Append("</Data>");
        }
    }
}
