using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Osquery;

/// <summary>
/// Results of osquery in their four shapes: one row an event, a snapshot's list, a batch of rows added and removed, and status logs.
/// </summary>
/// <remarks>
/// The name of a query is whatever its author called it, so the columns tell the table. Numbers may come as texts. A
/// <c>counter</c> of 0 is the first full result of a query, which is not news of that moment but true at it.
/// </remarks>
internal static class OsqueryRecord
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new() { Lists = ["snapshot"], Messages = ["diffResults"] };

    private static readonly int Identifier = TopLevel.At("hostIdentifier");
    private static readonly int HostName = TopLevel.At("hostname");
    private static readonly int UnixTime = TopLevel.At("unixTime");
    private static readonly int CalendarTime = TopLevel.At("calendarTime");
    private static readonly int Columns = TopLevel.At("columns");
    private static readonly int Snapshot = TopLevel.At("snapshot");
    private static readonly int Batch = TopLevel.At("diffResults");
    private static readonly int Action = TopLevel.At("action");
    private static readonly int Severity = TopLevel.At("severity");
    private static readonly FieldNames Parts = new("added", "removed");

    /// <summary>Has rows and says which host's, or is a status log of a host.</summary>
    public static bool Fits(in JsonRecord record) =>
        (record.Has(Identifier) || record.Has(HostName))
        && (record[Columns].Form == FieldForm.Object || record.Has(Snapshot) || record.Has(Batch)
            || (record.Has(Severity) && record.Has(CalendarTime)));

    /// <summary>Reads one result.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        if (!TryTime(record, out DateTimeOffset time))
        {
            return RecordResult.DeadLettered(
                SourceNames.Osquery, "osquery result without a time: neither unixTime nor calendarTime can be read.");
        }

        FieldSpan named = record.Has(Identifier) ? record[Identifier] : record[HostName];
        (string? host, string? fqdn) = context.Of(HostCache.State).Of(named.IsText ? named.Of(record.Text) : default);
        FieldValues values = context.Values(record.Text);
        OsqueryRows rows = new(record.Text, values, host, fqdn, time);
        bool any = false;
        if (record[Columns].Form == FieldForm.Object)
        {
            any = rows.Read(record[Columns], record[Action].Is(record.Text, "removed"u8), context);
        }
        else if (record[Snapshot].Form is FieldForm.Array or FieldForm.Object)
        {
            any = rows.ReadAll(record[Snapshot], areRemoved: false, context);
        }
        else if (record[Batch].Form == FieldForm.Object)
        {
            JsonRecord parts = record.Nested(Batch, Parts, stackalloc FieldSpan[Parts.Count]);
            any = rows.ReadAll(parts[0], areRemoved: false, context) | rows.ReadAll(parts[1], areRemoved: true, context);
        }

        return values.Fault is { } fault ? RecordResult.DeadLettered(SourceNames.Osquery, fault)
            : any ? RecordResult.Observed(SourceNames.Osquery) : RecordResult.Skipped(SourceNames.Osquery);
    }

    private static bool TryTime(in JsonRecord record, out DateTimeOffset time)
    {
        if (Timestamps.TryParseEpochSeconds(record[UnixTime].Of(record.Text), out time))
        {
            return true;
        }

        // "Tue Sep 30 17:37:30 2014", with UTC behind it or not.
        ReadOnlySpan<byte> text = record[CalendarTime].Of(record.Text);
        int blank = text.IndexOf((byte)' ');
        if (blank < 0 || text.Length > 40)
        {
            return false;
        }

        return DateTimeOffset.TryParseExact(
            System.Text.Encoding.UTF8.GetString(text[(blank + 1)..]).Replace(" UTC", string.Empty, StringComparison.Ordinal).Replace(
                "  ", " ", StringComparison.Ordinal),
            "MMM d HH:mm:ss yyyy", System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out time);
    }
}
