using System.Globalization;
using System.Text;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// osquery's results of <c>unified_log</c>: entries of the unified log, with names of processes and libraries where the log itself has
/// paths, and times in seconds.
/// </summary>
/// <remarks>Source of the columns: osquery, specs/darwin/unified_log.table.</remarks>
internal static class OsqueryUnifiedLog
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly OsqueryTable Table = new(TopLevel, "\"message\"", "\"subsystem\"", "\"timestamp_double\"");

    private static readonly FieldNames Names = new(
        "message", "process", "sender", "subsystem", "pid", "timestamp_double", "timestamp");

    private enum Column
    {
        Message,
        Process,
        Sender,
        Subsystem,
        Pid,
        TimestampDouble,
        Timestamp,
    }

    /// <summary>The rows have the columns of that table.</summary>
    public static bool Fits(in JsonRecord record) => Table.Fits(record);

    /// <summary>Reads one result.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context) => Table.Read(record, Row, context);

    private static RecordResult Row(in JsonRecord record, FieldSpan place, RecordContext context)
    {
        JsonRecord row = JsonRecord.Scan(record.Text, place.Start, Names, stackalloc FieldSpan[Names.Count]);
        FieldSpan said = row[(int)Column.Message];
        if (!said.IsText || said.Length == 0)
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        using EntryTexts texts = new(
            record.Text, said, row[(int)Column.Process], row[(int)Column.Sender], row[(int)Column.Subsystem]);
        if (texts.Read(context.Values(record.Text), row[(int)Column.Pid], out MacEntry entry, out MacFindingKind kind) is { } other)
        {
            return other;
        }

        FieldSpan seconds = row[(int)(row.Has((int)Column.TimestampDouble) ? Column.TimestampDouble : Column.Timestamp)];
        if (!Timestamps.TryParseEpochSeconds(seconds.Of(record.Text), out DateTimeOffset time))
        {
            return RecordResult.DeadLettered(SourceNames.UnifiedLog, "unified_log row without a time: 'timestamp' cannot be read.");
        }

        entry.Time = Encoding.ASCII.GetBytes(time.ToString("O", CultureInfo.InvariantCulture));
        FieldSpan host = Table.Host(record);
        entry.Host = host.IsText ? host.Of(record.Text) : default;
        return MacObservations.Read(entry, kind, context);
    }
}
