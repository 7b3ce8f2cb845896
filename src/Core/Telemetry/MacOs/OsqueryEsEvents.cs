using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// osquery's results of <c>es_process_events</c>, told by their columns because the query's name is whatever its author chose: event
/// lines, snapshots and batches.
/// </summary>
/// <remarks>Source of the columns: osquery, specs/darwin/es_process_events.table.</remarks>
internal static class OsqueryEsEvents
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly OsqueryTable Table = new(TopLevel, "\"platform_binary\"", "\"signing_id\"");

    private static readonly FieldNames Names = new(
        "pid", "path", "cmdline", "username", "uid", "signing_id", "team_id", "platform_binary", "codesigning_flags", "event_type", "time");

    private enum Column
    {
        Pid,
        Path,
        CommandLine,
        UserName,
        Uid,
        SigningId,
        TeamId,
        PlatformBinary,
        Flags,
        EventType,
        Time,
    }

    /// <summary>The rows have the columns of that table.</summary>
    public static bool Fits(in JsonRecord record) => Table.Fits(record);

    /// <summary>Reads one result.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        if (FieldText.InvalidUtf8At(record.Text) >= 0)
        {
            return RecordResult.DeadLettered(SourceNames.Osquery, "osquery result: not UTF-8.");
        }

        return Table.Read(record, Row, context);
    }

    private static RecordResult Row(in JsonRecord record, FieldSpan place, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        JsonRecord row = JsonRecord.Scan(text, place.Start, Names, stackalloc FieldSpan[Names.Count]);
        bool started = row[(int)Column.EventType].Is(text, "exec"u8);
        if (!started && !row[(int)Column.EventType].Is(text, "exit"u8))
        {
            return RecordResult.Skipped(SourceNames.Osquery);
        }

        FieldSpan seconds = row.Has((int)Column.Time) ? row[(int)Column.Time] : record[Table.UnixTime];
        if (!Timestamps.TryParseEpochSeconds(seconds.Of(text), out DateTimeOffset time))
        {
            return RecordResult.DeadLettered(SourceNames.Osquery, "es_process_events row without a time.");
        }

        FieldValues values = context.Values(text);
        values.Boolean(row[(int)Column.PlatformBinary]);
        if (values.Count(row[(int)Column.Pid], int.MaxValue) is not { } pid || values.Fault is not null)
        {
            return RecordResult.DeadLettered(SourceNames.Osquery, values.Fault ?? "es_process_events row without a pid.");
        }

        (string host, string? fqdn) = HostNames.Named(Table.Host(record).Text(text));
        MacEvent who = new(host, fqdn, new(time, null, false), Process(text, row, host, (int)pid));
        context.Emit(who.Build(started ? ObservationKind.ProcessStart : ObservationKind.ProcessEnd) with { Source = SourceNames.Osquery });
        return RecordResult.Observed(SourceNames.Osquery);
    }

    private static ProcessFields Process(ReadOnlySpan<byte> text, in JsonRecord row, string host, int pid)
    {
        string? team = row[(int)Column.TeamId].Text(text);
        bool? platform = row[(int)Column.PlatformBinary].Boolean(text);
        string? flags = row[(int)Column.Flags].Text(text);
        bool none = flags is not null
            && (flags.Contains("ADHOC", StringComparison.Ordinal) || flags.Contains("NOT_VALID", StringComparison.Ordinal));
        return new()
        {
            Key = ProcessKey.FromPid(host, pid, null),
            Pid = pid,
            Image = row[(int)Column.Path].Text(text),
            CommandLine = row[(int)Column.CommandLine].Text(text),
            User = row[(int)(row.Has((int)Column.UserName) ? Column.UserName : Column.Uid)].Text(text),
            SigningId = row[(int)Column.SigningId].Text(text),
            TeamId = team,
            IsPlatformBinary = platform,
            Signed = platform is true ? true : none ? false : team is not null ? true : null,
            Signer = team ?? (platform is true ? "Apple" : null),
        };
    }
}
