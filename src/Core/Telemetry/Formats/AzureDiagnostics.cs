using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;
using CipherWatch.Core.Telemetry.Windows;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>
/// Windows events as Azure Diagnostics sends them: the event's XML in <c>properties.RawXml</c>, attributes in single quotes.
/// </summary>
internal static class AzureDiagnostics
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Properties = TopLevel.At("properties");
    private static readonly int Category = TopLevel.At("category");

    private static readonly FieldNames Settling = new("Channel", "EventId");
    private static readonly FieldNames Xml = new("RawXml");

    /// <summary>The category is that of the Windows event logs.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Properties].Form == FieldForm.Object && record[Category].Is(record.Text, "WindowsEventLogsTable"u8);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        // Whatever else it says of the event beside the XML is left out there or here; these two spare reading the XML.
        JsonRecord settling = record.Nested(Properties, Settling, stackalloc FieldSpan[Settling.Count]);
        if (settling.Has(0) && settling.Has(1)
            && SysmonGate.Refuse(record.Text, settling[0], default, settling[1], out _, out _)
                is { Outcome: RecordOutcome.Skipped } skipped)
        {
            return skipped;
        }

        JsonRecord properties = record.Nested(Properties, Xml, stackalloc FieldSpan[1]);
        if (!properties[0].IsText)
        {
            return RecordResult.DeadLettered(SourceNames.WindowsEvent, "Event of Azure Diagnostics without its RawXml.");
        }

        using UnescapedText xml = new(record.Text, properties[0]);
        return SysmonXml.Normalize(xml.Bytes, context);
    }
}
