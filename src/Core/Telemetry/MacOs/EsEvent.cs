using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// Events of Endpoint Security as <c>eslogger</c> writes them, and Mac Monitor in its later versions: exec, exit and mmap.
/// <c>process</c> is who did it, <c>event.exec.target</c> the image that runs from then on.
/// </summary>
internal static class EsEvent
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int HostnameField = TopLevel.At("Hostname");
    private static readonly int TimeField = TopLevel.At("time");
    private static readonly int ProcessField = TopLevel.At("process");
    private const string NoTime = "Endpoint Security event without a readable 'time'.";
    private const string NoProcess = "Endpoint Security event that names no process.";
    private const string NotUtf8 = "Endpoint Security event: not UTF-8.";

    /// <summary>Numbers of event types. Source: EndpointSecurity/ESTypes.h.</summary>
    private const long Exec = 9;
    private const long Exit = 15;
    private const long Mmap = 20;

    private static readonly int Type = TopLevel.At("event_type");
    private static readonly int TypeName = TopLevel.At("es_event_type");
    private static readonly int Schema = TopLevel.At("schema_version");
    private static readonly int MachTime = TopLevel.At("mach_time");
    private static readonly int Body = TopLevel.At("event");
    private static readonly int Host = TopLevel.At("host");
    private static readonly FieldNames Kinds = new("exec", "exit", "mmap");
    private static readonly FieldNames ExecNames = new("target", "args", "command_line");
    private static readonly FieldNames MmapNames = new("source");

    /// <summary>The event has a process, a body, and a type as a number.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Type].TryInteger(record.Text, out _) && record[ProcessField].Form == FieldForm.Object
            && record[Body].Form == FieldForm.Object
        && (record.Has(Schema) || record.Has(MachTime) || record.Has(TypeName));

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        bool isRead = record[Type].TryInteger(text, out long type) && type is Exec or Exit or Mmap;
        if (!isRead && !record.Has(TypeName))
        {
            return RecordResult.Skipped(SourceNames.EndpointSecurity);
        }

        JsonRecord body = record.Nested(Body, Kinds, stackalloc FieldSpan[Kinds.Count]);
        int kind = body[0].Form == FieldForm.Object ? 0 : body[1].Form == FieldForm.Object ? 1 : body[2].Form == FieldForm.Object ? 2 : -1;
        if (kind < 0)
        {
            return RecordResult.Skipped(SourceNames.EndpointSecurity);
        }

        if (FieldText.InvalidUtf8At(text) >= 0)
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, NotUtf8);
        }

        if (!Timestamps.TryParse(record[TimeField].Of(text), out DateTimeOffset time))
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, NoTime);
        }

        (string host, string? fqdn) = HostNames.Named((record.Has(Host) ? record[Host] : record[HostnameField]).Text(text));
        FieldValues values = context.Values(text);
        MacEvent who = new(host, fqdn, new(time, null, false), EsProcess.Read(text, record[ProcessField].Start, host, values));
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, fault);
        }

        return kind switch
        {
            0 => Started(text, body[0], who, context),
            1 => Ended(who, context),
            _ => Mapped(text, body[2], who, context),
        };
    }

    private static RecordResult Started(ReadOnlySpan<byte> text, FieldSpan exec, MacEvent who, RecordContext context)
    {
        JsonRecord fields = JsonRecord.Scan(text, exec.Start, ExecNames, stackalloc FieldSpan[ExecNames.Count]);
        FieldValues values = context.Values(text);
        ProcessFields? target = fields[0].Form == FieldForm.Object ? EsProcess.Read(text, fields[0].Start, who.Host, values) : null;
        if (target is null || values.Fault is not null)
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, values.Fault ?? NoProcess);
        }

        Emit(ObservationKind.ProcessStart, who with
        {
            Process = target with
            {
                CommandLine = EsProcess.Arguments(text, fields[1]) ?? fields[2].Text(text) ?? target.CommandLine,
                ParentImage = who.Process?.Image,
            },
        }, null, context);
        return RecordResult.Observed(SourceNames.EndpointSecurity);
    }

    private static RecordResult Ended(MacEvent who, RecordContext context)
    {
        if (who.Process is null)
        {
            return RecordResult.DeadLettered(SourceNames.EndpointSecurity, NoProcess);
        }

        Emit(ObservationKind.ProcessEnd, who, null, context);
        return RecordResult.Observed(SourceNames.EndpointSecurity);
    }

    private static RecordResult Mapped(ReadOnlySpan<byte> text, FieldSpan mmap, MacEvent who, RecordContext context)
    {
        JsonRecord fields = JsonRecord.Scan(text, mmap.Start, MmapNames, stackalloc FieldSpan[MmapNames.Count]);
        return Mapped(EsProcess.PathOf(text, fields[0]), who, context);
    }

    /// <summary>A file was mapped: a library's load, where anybody has a use for it.</summary>
    public static RecordResult Mapped(string? path, MacEvent who, RecordContext context)
    {
        if (path is null)
        {
            return RecordResult.Skipped(SourceNames.EndpointSecurity);
        }

        if (!context.Receiver.WantsModule(System.Text.Encoding.UTF8.GetBytes(path), TelemetryPlatform.MacOs))
        {
            context.CountUnwantedModule();
        }
        else
        {
            Emit(ObservationKind.ModuleLoad, who, new() { Path = path }, context);
        }

        return RecordResult.Observed(SourceNames.EndpointSecurity);
    }

    /// <summary>Hands on an observation of Endpoint Security's.</summary>
    public static void Emit(ObservationKind kind, MacEvent who, ModuleFields? module, RecordContext context) =>
        context.Emit(who.Build(kind, module: module) with { Source = SourceNames.EndpointSecurity });
}
