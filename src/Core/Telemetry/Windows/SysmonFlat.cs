using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as flat JSON: NXLog's and those of tools that write the same shape.</summary>
/// <remarks>
/// <c>EventTime</c> is host-local without a zone; <c>@timestamp</c> is when the collector took it; <c>TimeCreated</c> is the
/// record's own, though its <c>Z</c> may be untrue. Which clock errs is settled later; here each is read as written.
/// </remarks>
internal static class SysmonFlat
{
    private static ReadOnlySpan<byte> SysmonProvider => "Microsoft-Windows-Sysmon"u8;

    /// <summary>A Windows event has an <c>EventID</c> and a channel or source at the top level.</summary>
    public static bool Fits(in JsonRecord record) =>
        record.Has(TopLevel.EventId) && (record.Has(TopLevel.Channel) || record.Has(TopLevel.SourceName));

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        bool sysmon = record.Has(TopLevel.Channel)
            ? record[TopLevel.Channel].Is(record.Text, WindowsSkip.SysmonChannel)
            : record[TopLevel.SourceName].Is(record.Text, SysmonProvider);
        if (!sysmon)
        {
            return RecordResult.Skipped(SourceNames.WindowsEvent);
        }

        if (!record[TopLevel.EventId].TryInteger(record.Text, out long eventId))
        {
            return RecordResult.DeadLettered(SourceNames.Sysmon, "Sysmon record whose EventID is not a number.");
        }

        if (!SysmonEvent.IsRead(eventId))
        {
            return RecordResult.Skipped(SourceNames.Sysmon);
        }

        SysmonEvent sysmonEvent = new()
        {
            Text = record.Text,
            Fields = record.Fields,
            EventId = (int)eventId,
            Computer = record[TopLevel.Hostname],
            RecordTime = FirstTime(record),
        };
        return SysmonMapper.Map(sysmonEvent, context);
    }

    private static DateTimeOffset? FirstTime(in JsonRecord record)
    {
        foreach (int field in (ReadOnlySpan<int>)[TopLevel.TimeCreated, TopLevel.EventTime, TopLevel.AtTimestamp])
        {
            if (record.Has(field) && Timestamps.TryParse(record[field].Of(record.Text), out DateTimeOffset time))
            {
                return time;
            }
        }

        return null;
    }
}
