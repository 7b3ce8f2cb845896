using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Audit events as laurel writes them: one object an event, a field a type of record.</summary>
/// <remarks>
/// Old versions have the call's arguments in <c>ARGV</c>, new ones as <c>a0</c> to <c>a3</c>. A prefix may stand before
/// every upper-case key that enriches, of which only <c>UID</c> is read.
/// </remarks>
internal static class LaurelRecord
{
    /// <summary>The fields it reads or is told by.</summary>
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Id = TopLevel.At("ID");
    private static readonly int Node = TopLevel.At("NODE");
    private static readonly int Syscall = TopLevel.At("SYSCALL");
    private static readonly int Execve = TopLevel.At("EXECVE");
    private static readonly int Path = TopLevel.At("PATH");
    private static readonly int SockAddr = TopLevel.At("SOCKADDR");
    private static readonly int Cwd = TopLevel.At("CWD");
    private static readonly int Uring = TopLevel.At("URINGOP");
    private static readonly int SocketCall = TopLevel.At("SOCKETCALL");
    private static readonly int Mmap = TopLevel.At("MMAP");

    private static readonly (int Place, string Name)[] Crypto =
    [
        .. new[] { "CRYPTO_SESSION", "CRYPTO_KEY_USER", "CRYPTO_IKE_SA", "CRYPTO_IPSEC_SA", "MAC_IPSEC_EVENT" }.Select(
            name => (TopLevel.At(name), name)),
    ];

    private static readonly FieldNames Call = new(
        "arch", "syscall", "success", "exit", "a0", "a1", "a2", "a3", "ARGV", "ppid", "pid", "uid", "UID",
        "comm", "exe", "PID");
    private static readonly FieldNames Start = new("EVENT_ID", "START_TIME");
    private static readonly FieldNames Arguments = new("ARGV", "ARGV_STR");
    private static readonly FieldNames Directory = new("cwd");
    private static readonly FieldNames Name = new("name");
    private static readonly FieldNames Descriptor = new("fd");
    private static readonly FieldNames Address = new("saddr", "SADDR");
    private static readonly FieldNames Parts = new("saddr_fam", "addr", "port", "laddr", "lport");

    /// <summary>Has an <c>ID</c> like <c>1626611363.720:348501</c>.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Id].IsText && record[Id].Of(record.Text).IndexOf((byte)':') > 0 && AuditStamp.TryParse(record[Id].Of(record.Text), out _);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        if (!AuditStamp.TryParse(record[Id].Of(text), out AuditStamp stamp))
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, "laurel event without its ID.");
        }

        ReadOnlySpan<byte> node = record[Node].IsText ? record[Node].Of(text) : context.CarrierHost;
        foreach ((int place, string name) in Crypto)
        {
            if (record.Has(place))
            {
                return LaurelText.Crypto(record, place, name, stamp, node, context);
            }
        }

        bool isUring = !record.Has(Syscall) && record.Has(Uring);
        if (!record.Has(Syscall) && !isUring)
        {
            // An event that began before laurel did, or records of no call.
            return record.Has(SockAddr)
                || record.Has(Execve) ? Event(record, stamp, node, default, context) : RecordResult.Skipped(SourceNames.Auditd);
        }

        JsonRecord syscall = record.Nested(Syscall, Call, stackalloc FieldSpan[Call.Count]);
        if (isUring)
        {
            RecordResult outcome = LaurelText.Uring(record, Uring, stamp, node, context, out AuditEvent? operation);
            if (operation is not null)
            {
                FillList(record, operation);
            }

            return outcome;
        }

        Span<byte> number = stackalloc byte[DecimalNumber.MaxBytes];
        Span<byte> result = stackalloc byte[DecimalNumber.MaxBytes];
        AuditCallRecord call = new()
        {
            Call = AuditCalls.Of(AuditArch.Of(syscall[0].Of(text), out _), JsonTexts.Plain(text, syscall[1], number)),
            Success = syscall.Has(2) ? AuditCallRecord.Yes(syscall[2].Of(text)) : null,
            Exit = AuditCallRecord.Result(JsonTexts.Plain(text, syscall[3], result)),
        };
        for (int argument = 0; argument < 4; argument++)
        {
            call.Values[argument] = AuditCallRecord.Argument(syscall[4 + argument].Of(text));
        }

        if (JsonScalars.List(text, syscall[8]) is { Form: FieldForm.Array } list)
        {
            JsonScanner arguments = JsonScanner.OverArray(text, list.Start);
            for (int argument = 0; argument < 4 && arguments.NextElement(out FieldSpan value); argument++)
            {
                call.Values[argument] = AuditCallRecord.Argument(value.Of(text));
            }
        }

        if (call.Call == AuditCall.None)
        {
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        FieldValues values = context.Values(text);
        CheckCall(text, syscall, values);
        CheckAddress(record, values);
        return values.Fault is { } fault ? RecordResult.DeadLettered(SourceNames.Auditd, fault)
            : call.IsOfUse ? Event(record, stamp, node, call, context)
            : RecordResult.Skipped(SourceNames.Auditd);
    }

    /// <summary>Looks for numbers that are none. A call goes by its name too, and a result by an error's.</summary>
    private static void CheckCall(ReadOnlySpan<byte> text, in JsonRecord syscall, FieldValues values)
    {
        values.Whole(syscall[9]);
        values.Whole(syscall[10]);
        values.Text(syscall[11]);
        ReadOnlySpan<byte> exit = syscall[3].Of(text);
        if (values.IsThere(syscall[3]) && exit[0] != (byte)'E' && !exit.Contains((byte)'(') && !DecimalNumber.TryWhole(exit, out _))
        {
            values.Wrong(syscall[3], "no result of a call");
        }

        JsonRecord start = syscall.Nested(15, Start, stackalloc FieldSpan[Start.Count]);
        values.Time(start[1]);
        if (values.IsThere(start[0]) && !AuditStamp.TryParse(start[0].Of(text), out _))
        {
            values.Wrong(start[0], "no event of audit");
        }
    }

    private static RecordResult Event(
        in JsonRecord record, AuditStamp stamp, ReadOnlySpan<byte> node, in AuditCallRecord call, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        if (context.Of(AuditEvents.State).Find(stamp, node) is not { } known)
        {
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        JsonRecord syscall = record.Nested(Syscall, Call, stackalloc FieldSpan[Call.Count]);
        known.ParentPid = known.ParentPid >= 0 ? known.ParentPid : JsonTexts.Pid(text, syscall[9]);
        known.Pid = known.Pid >= 0 ? known.Pid : JsonTexts.Pid(text, syscall[10]);
        known.Uid = JsonTexts.Keep(known, known.Uid, text, syscall[11]);
        known.UserName = JsonTexts.Keep(known, known.UserName, text, syscall[12]);
        known.Comm = JsonTexts.Keep(known, known.Comm, text, syscall[13]);
        known.Exe = JsonTexts.Keep(known, known.Exe, text, syscall[14]);
        JsonRecord start = syscall.Nested(15, Start, stackalloc FieldSpan[Start.Count]);
        if (AuditStamp.TryParse(start[0].Of(text), out AuditStamp began))
        {
            known.Start = began;
        }
        else if (AuditStamp.TrySeconds(start[1].Of(text), out long ticks))
        {
            known.Start = new(ticks, 0);
        }

        if (call.Call != AuditCall.None && known.Pid < 0)
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, "laurel event with a SYSCALL without its pid.");
        }

        JsonRecord execve = record.Nested(Execve, Arguments, stackalloc FieldSpan[Arguments.Count]);
        JsonTexts.Arguments(known, text, execve[0]);
        known.CommandLine = JsonTexts.Keep(known, known.CommandLine, text, execve[1]);
        known.Cwd = JsonTexts.Keep(known, known.Cwd, text, record.Nested(Cwd, Directory, stackalloc FieldSpan[1])[0]);
        FillList(record, known);
        FieldSpan real = LaurelText.First(text, record[SocketCall]);
        if (real.Form == FieldForm.Object)
        {
            LaurelText.RealArguments(text, real, known);
        }

        if (call.Call != AuditCall.None && !known.HasCall)
        {
            AuditSettling.SetCall(known, call);
        }

        return AuditSettling.Hold(known, context.Of(AuditEvents.State));
    }

    private static void CheckAddress(in JsonRecord record, in FieldValues values)
    {
        if (LaurelText.First(record.Text, record[SockAddr]) is { Form: FieldForm.Object } address)
        {
            JsonRecord socket = JsonRecord.Scan(record.Text, address.Start, Address, stackalloc FieldSpan[Address.Count]);
            if (LaurelText.BrokenAddress(socket, 1, Parts) is { HasValue: true } broken)
            {
                values.Wrong(broken, "no IP address");
            }
        }
    }

    private static void FillList(in JsonRecord record, AuditEvent known)
    {
        ReadOnlySpan<byte> text = record.Text;
        if (LaurelText.First(text, record[SockAddr]) is { Form: FieldForm.Object } address)
        {
            JsonRecord socket = JsonRecord.Scan(text, address.Start, Address, stackalloc FieldSpan[Address.Count]);
            if (LaurelText.TryAddress(socket, 0, 1, Parts, out SocketAddress peer, out ReadOnlySpan<byte> bytes, stackalloc byte[128]))
            {
                AuditSettling.SetAddress(known, peer, bytes);
            }
        }

        if (LaurelText.First(text, record[Mmap]) is { Form: FieldForm.Object } mapping && known.Fd < 0)
        {
            known.Fd = JsonTexts.Pid(text, JsonRecord.Scan(text, mapping.Start, Descriptor, stackalloc FieldSpan[1])[0]);
        }

        if (record[Path].Form != FieldForm.Array)
        {
            return;
        }

        Span<FieldSpan> slot = stackalloc FieldSpan[1];
        JsonScanner paths = JsonScanner.OverArray(text, record[Path].Start);
        while (known.Path.Length == 0 && paths.NextElement(out FieldSpan path))
        {
            if (path.Form == FieldForm.Object)
            {
                FieldSpan name = JsonRecord.Scan(text, path.Start, Name, slot)[0];
                using UnescapedText unescaped = new(text, name);
                known.Path = LibraryNames.IsLibrary(unescaped.Bytes) ? JsonTexts.Keep(known, known.Path, text, name) : known.Path;
            }
        }
    }
}
