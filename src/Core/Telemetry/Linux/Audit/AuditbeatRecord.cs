using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Audit events as Auditbeat and the Elastic agent write them: one object an event, its records put together.</summary>
/// <remarks>
/// Version 6 has <c>process.exe</c>, <c>process.ppid</c> and numbers as text; later ones <c>process.executable</c>,
/// <c>process.parent.pid</c>. Errors stand by name: <c>"exit":"EINPROGRESS"</c>, <c>"result":"fail"</c>.
/// </remarks>
internal static class AuditbeatRecord
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int AtTimestamp = TopLevel.At("@timestamp");
    private static readonly int ProcessField = TopLevel.At("process");
    private static readonly int UserField = TopLevel.At("user");
    private static readonly int Audit = TopLevel.At("auditd");
    private static readonly int Beat = TopLevel.At("beat");
    private static readonly int Agent = TopLevel.At("agent");
    private static readonly int Host = TopLevel.At("host");
    private static readonly FieldNames Event = new("sequence", "data", "result", "message_type", "paths");
    private static readonly FieldNames Data = new("syscall", "arch", "exit", "a0", "a1", "a2", "a3", "socket", "success", "fd");
    private static readonly FieldNames Socket = new("family", "addr", "port", "saddr");
    private static readonly FieldNames Process = new(
        "pid", "ppid", "parent", "exe", "executable", "name", "args", "cwd", "working_directory");
    private static readonly FieldNames PidName = new("pid");
    private static readonly FieldNames User = new("uid", "id", "name", "name_map");
    private static readonly FieldNames UserMap = new("uid");
    private static readonly FieldNames HostNames = new("hostname", "name");
    private static readonly FieldNames PathName = new("name");

    /// <summary>Has <c>auditd</c>, with the data of an event in it.</summary>
    public static bool Fits(in JsonRecord record) => record[Audit].Form == FieldForm.Object && record.Has(AtTimestamp);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        JsonRecord audit = record.Nested(Audit, Event, stackalloc FieldSpan[Event.Count]);
        JsonRecord data = audit.Nested(1, Data, stackalloc FieldSpan[Data.Count]);
        ReadOnlySpan<byte> text = record.Text;
        if (!data.Has(0))
        {
            // Other records of the audit system: log-ins, rules, services.
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        AuditCallRecord call = Call(audit, data);
        if (!call.IsOfUse)
        {
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        if (!audit[0].TryInteger(text, out long serial) || serial < 0
            || !Timestamps.TryParse(record[AtTimestamp].Of(text), out DateTimeOffset time))
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, "Auditbeat event without its sequence or @timestamp.");
        }

        FieldValues values = context.Values(text);
        Check(record, data, values);
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, fault);
        }

        AuditStamp stamp = new((time - DateTimeOffset.UnixEpoch).Ticks, serial);
        if (context.Of(AuditEvents.State).Find(stamp, HostOf(record)) is not { } known)
        {
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        FillProcess(record, known);
        if (known.Pid < 0)
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, "Auditbeat event without its process.pid.");
        }

        if (!known.HasCall)
        {
            AuditSettling.SetCall(known, call);
        }

        if (known.Fd < 0)
        {
            known.Fd = JsonTexts.Pid(text, data[9]);
        }

        FillAddress(data, known);
        FillPath(audit, known);
        return AuditSettling.Hold(known, context.Of(AuditEvents.State));
    }

    /// <summary>Looks for numbers and addresses that are none.</summary>
    private static void Check(in JsonRecord record, in JsonRecord data, FieldValues values)
    {
        JsonRecord process = record.Nested(ProcessField, Process, stackalloc FieldSpan[Process.Count]);
        values.Whole(process[0]);
        values.Whole(process.Has(1) ? process[1] : process.Nested(2, PidName, stackalloc FieldSpan[1])[0]);
        JsonRecord user = record.Nested(UserField, User, stackalloc FieldSpan[User.Count]);
        values.Text(user.Has(0) ? user[0] : user[1]);
        JsonRecord socket = data.Nested(7, Socket, stackalloc FieldSpan[Socket.Count]);
        if (!socket.Has(3) && socket.Has(2))
        {
            // Of a socket that has a port; others have a path.
            values.Address(socket[1]);
            values.Port(socket[2]);
        }
    }

    private static AuditCallRecord Call(in JsonRecord audit, in JsonRecord data)
    {
        ReadOnlySpan<byte> text = audit.Text;
        Span<byte> number = stackalloc byte[DecimalNumber.MaxBytes];
        Span<byte> result = stackalloc byte[DecimalNumber.MaxBytes];
        AuditCallRecord call = new()
        {
            Call = AuditCalls.Of(AuditArch.Of(data[1].Of(text), out _), JsonTexts.Plain(text, data[0], number)),
            Success = audit.Has(2) ? AuditCallRecord.Yes(audit[2].Of(text)) : data.Has(8) ? AuditCallRecord.Yes(data[8].Of(text)) : null,
            Exit = AuditCallRecord.Result(JsonTexts.Plain(text, data[2], result)),
        };
        for (int argument = 0; argument < 4; argument++)
        {
            call.Values[argument] = AuditCallRecord.Argument(data[3 + argument].Of(text));
        }

        return call;
    }

    private static void FillProcess(in JsonRecord record, AuditEvent known)
    {
        ReadOnlySpan<byte> text = record.Text;
        JsonRecord process = record.Nested(ProcessField, Process, stackalloc FieldSpan[Process.Count]);
        known.Pid = known.Pid >= 0 ? known.Pid : JsonTexts.Pid(text, process[0]);
        FieldSpan parent = process.Has(1) ? process[1] : process.Nested(2, PidName, stackalloc FieldSpan[1])[0];
        known.ParentPid = known.ParentPid >= 0 ? known.ParentPid : JsonTexts.Pid(text, parent);
        known.Exe = JsonTexts.Keep(known, known.Exe, text, process.Has(3) ? process[3] : process[4]);
        known.Comm = JsonTexts.Keep(known, known.Comm, text, process[5]);
        known.Cwd = JsonTexts.Keep(known, known.Cwd, text, process.Has(7) ? process[7] : process[8]);
        JsonTexts.Arguments(known, text, process[6]);
        JsonRecord user = record.Nested(UserField, User, stackalloc FieldSpan[User.Count]);
        known.Uid = JsonTexts.Keep(known, known.Uid, text, user.Has(0) ? user[0] : user[1]);
        known.UserName = JsonTexts.Keep(known, known.UserName, text, user.Has(2) ? user[2]
            : user.Nested(3, UserMap, stackalloc FieldSpan[1])[0]);
    }

    private static void FillAddress(in JsonRecord data, AuditEvent known)
    {
        ReadOnlySpan<byte> text = data.Text;
        JsonRecord socket = data.Nested(7, Socket, stackalloc FieldSpan[Socket.Count]);
        if (socket.Has(3))
        {
            Span<byte> bytes = stackalloc byte[128];
            ReadOnlySpan<byte> digits = socket[3].Of(text);
            digits = digits[..Math.Min(digits.Length & ~1, 2 * bytes.Length)];
            if (AuditHex.TryBytes(digits, allowLower: true, bytes))
            {
                AuditSettling.SetAddress(known, SocketAddress.Of(bytes[..(digits.Length / 2)]), bytes[..(digits.Length / 2)]);
            }
        }
        else if (socket.Has(0))
        {
            bool isInternet = IpAddress.TryParse(socket[1].Of(text), out IpAddress ip) && socket[2].TryInteger(text, out long port)
                && port <= ushort.MaxValue;
            socket[2].TryInteger(text, out port);
            AuditSettling.SetAddress(known, new(isInternet ? SocketFamily.Inet : SocketFamily.Other, ip, (ushort)port), default);
        }
    }

    private static void FillPath(in JsonRecord audit, AuditEvent known)
    {
        if (audit[4].Form != FieldForm.Array || known.Call is not (AuditCall.Open or AuditCall.OpenAt or AuditCall.OpenAt2))
        {
            return;
        }

        Span<FieldSpan> slot = stackalloc FieldSpan[1];
        JsonScanner paths = JsonScanner.OverArray(audit.Text, audit[4].Start);
        while (known.Path.Length == 0 && paths.NextElement(out FieldSpan path))
        {
            if (path.Form != FieldForm.Object)
            {
                continue;
            }

            FieldSpan name = JsonRecord.Scan(audit.Text, path.Start, PathName, slot)[0];
            using UnescapedText unescaped = new(audit.Text, name);
            if (LibraryNames.IsLibrary(unescaped.Bytes))
            {
                known.Path = JsonTexts.Keep(known, known.Path, audit.Text, name);
            }
        }
    }

    /// <summary>The host the event is of: the agent runs on it.</summary>
    private static ReadOnlySpan<byte> HostOf(in JsonRecord record)
    {
        Span<FieldSpan> slots = stackalloc FieldSpan[HostNames.Count];
        foreach (int place in (ReadOnlySpan<int>)[Host, Agent, Beat])
        {
            JsonRecord host = record.Nested(place, HostNames, slots);
            FieldSpan name = host.Has(0) ? host[0] : host[1];
            if (name.IsText && name.Length > 0)
            {
                return name.Of(record.Text);
            }
        }

        return default;
    }
}
