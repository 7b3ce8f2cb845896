using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Windows;

namespace CipherWatch.Core.Telemetry.Envelopes;

/// <summary>Windows events as Azure Diagnostics sends them: the event's XML in <c>properties.RawXml</c>, attributes in single quotes.</summary>
internal static class AzureDiagnostics
{
    private static readonly FieldNames Names = new("RawXml", "Channel", "EventId", "EventNumber", "ProviderName", "PublisherName");

    /// <summary>The category is that of the Windows event logs.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[TopLevel.Properties].Form == FieldForm.Object && record[TopLevel.Category].Is(record.Text, "WindowsEventLogsTable"u8);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        JsonRecord properties = record.Nested(TopLevel.Properties, Names, stackalloc FieldSpan[Names.Count]);
        FieldSpan eventId = SysmonHeader.First([properties[2], properties[3]]);
        FieldSpan provider = SysmonHeader.First([properties[4], properties[5]]);
        if (properties.Has(1) && eventId.HasValue
            && SysmonGate.Refuse(record.Text, properties[1], provider, eventId, out _, out _) is { } refusal)
        {
            return refusal;
        }

        if (!properties[0].IsText)
        {
            return RecordResult.DeadLettered(SourceNames.WindowsEvent, "Event of Azure Diagnostics without its RawXml.");
        }

        using UnescapedText xml = new(record.Text, properties[0]);
        return SysmonXml.Normalize(xml.Bytes, context);
    }
}
