using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// Events of Endpoint Security as Mac Monitor's first version exports them: flat, with the initiator's fields at the top and the event's
/// in an object of its own (<c>exec_event</c>, <c>mmap_event</c>).
/// </summary>
internal static class MacMonitor
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int HostnameField = TopLevel.At("Hostname");
    private static readonly int TypeName = TopLevel.At("es_event_type");
    private static readonly int Pid = TopLevel.At("initiating_pid");
    private static readonly int Path = TopLevel.At("initiating_process_path");
    private static readonly int SigningId = TopLevel.At("initiating_process_signing_id");
    private static readonly int User = TopLevel.At("initiating_euid_human");
    private static readonly int ExecEvent = TopLevel.At("exec_event");
    private static readonly int MmapEvent = TopLevel.At("mmap_event");
    private static readonly int At = TopLevel.At("activity_at_ts");
    private static readonly int Host = TopLevel.At("host");
    private static readonly FieldNames MmapNames = new("path");

    /// <summary>The event names its type in words, and who did it at its top.</summary>
    public static bool Fits(in JsonRecord record) => record[TypeName].IsText && (record.Has(Pid) || record.Has(Path));

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        bool exec = record[ExecEvent].Form == FieldForm.Object;
        bool mmap = record[MmapEvent].Form == FieldForm.Object;
        bool exit = record[TypeName].Is(text, "ES_EVENT_TYPE_NOTIFY_EXIT"u8);
        if (!exec && !mmap && !exit)
        {
            return RecordResult.Skipped(SourceNames.EndpointSecurity);
        }

        if (FieldText.InvalidUtf8At(text) >= 0)
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, "Mac Monitor event: not UTF-8.");
        }

        if (!Timestamps.TryParse(record[At].Of(text), out DateTimeOffset time))
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, "Mac Monitor event without a readable 'activity_at_ts'.");
        }

        (string host, string? fqdn) = HostNames.Named((record.Has(Host) ? record[Host] : record[HostnameField]).Text(text));
        FieldValues values = context.Values(text);
        int pid = (int?)values.Count(record[Pid], int.MaxValue) ?? MacEntry.NoPid;
        using UnescapedText path = new(text, record[Path]);
        ProcessFields? initiator = MacEvent.ProcessOf(host, path.Bytes, pid);
        MacEvent who = new(host, fqdn, new(time, null, false), initiator is null ? null : initiator with
        {
            SigningId = record[SigningId].Text(text),
            User = record[User].Text(text),
        });
        ProcessFields? target = exec ? EsProcess.Read(text, record[ExecEvent].Start, host, values) : null;
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, fault);
        }

        if (mmap)
        {
            JsonRecord mapped = JsonRecord.Scan(text, record[MmapEvent].Start, MmapNames, stackalloc FieldSpan[MmapNames.Count]);
            return EsEvent.Mapped(mapped[0].Text(text), who, context);
        }

        if (exit)
        {
            EsEvent.Emit(ObservationKind.ProcessEnd, who, null, context);
            return RecordResult.Observed(SourceNames.EndpointSecurity);
        }

        if (target is null)
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, "Mac Monitor exec event that names no process.");
        }

        EsEvent.Emit(ObservationKind.ProcessStart, who with { Process = target with { ParentImage = initiator?.Image } }, null, context);
        return RecordResult.Observed(SourceNames.EndpointSecurity);
    }
}
