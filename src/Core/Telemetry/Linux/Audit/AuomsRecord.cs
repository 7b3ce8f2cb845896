using System.Buffers.Binary;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>
/// Audit events as the Log Analytics agent's plugin writes them: all records of an event in one, interpreted values beside raw ones
/// under names that end in <c>_r</c>.
/// </summary>
/// <remarks>
/// <c>uid</c> is the number and <c>user</c> the name; paths are lists of JSON; the command line is put together and not escaped.
/// The port of an interpreted address is written without turning its bytes round.
/// </remarks>
internal static class AuomsRecord
{
    private const string Cut = "Audit record of the agent without the call or the process: the record was cut short.";

    /// <summary>Reads one record.</summary>
    public static RecordResult Put(
        AuditStamp stamp, ReadOnlySpan<byte> body, ReadOnlySpan<byte> node, RecordContext context, out AuditEvent? waitsIn)
    {
        AuditEvents events = context.Of(AuditEvents.State);
        waitsIn = null;
        AuditFields fields = new(body);
        AuditEvent read = events.Borrow(stamp, node);
        AuditCallRecord call = default;
        AuditArch arch = default;
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case AuditField.Arch:
                    arch = AuditArch.Of(fields.Value, out _);
                    break;
                case AuditField.Syscall:
                    call.Call = AuditCalls.Of(arch, fields.Value);
                    break;
                case AuditField.SyscallNumber when call.Call == AuditCall.None:
                    call.Call = AuditCalls.Of(arch, fields.Value);
                    break;
                case AuditField.Success:
                    call.Success = AuditCallRecord.Yes(fields.Value);
                    break;
                case AuditField.Exit:
                    call.Exit = AuditCallRecord.Result(fields.Value);
                    break;
                case >= AuditField.A0 and <= AuditField.A3 and var argument:
                    call.Values[argument - AuditField.A0] = AuditCallRecord.Argument(fields.Value);
                    break;
                case AuditField.Node:
                    read.Node = read.Add(fields.Value);
                    break;
                default:
                    Take(fields, read);
                    break;
            }
        }

        RecordResult result = Settle(stamp, read, call, events, out waitsIn);
        events.Return(read);
        return result;
    }

    private static RecordResult Settle(
        AuditStamp stamp, AuditEvent read, in AuditCallRecord call, AuditEvents events, out AuditEvent? waitsIn)
    {
        waitsIn = null;
        bool isFragment = call.Call == AuditCall.None && read.Pid < 0;
        if (isFragment && read.CommandLine.Length == 0 && read.SocketBytes.Length == 0 && read.Path.Length == 0)
        {
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        if (!isFragment && !call.IsOfUse)
        {
            events.Forget(stamp, read[read.Node]);
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        if (!isFragment && read.Pid < 0)
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, Cut);
        }

        if (events.Find(stamp, read[read.Node]) is not { } known)
        {
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        known.TakeFrom(read);
        if (!isFragment && !known.HasCall)
        {
            AuditSettling.SetCall(known, call);
        }

        bool isUseless = AuditSettling.IsUseless(known, events)
            || (known.HasCall && known.Path.Length == 0 && known.Call is AuditCall.Open or AuditCall.OpenAt or AuditCall.OpenAt2);
        if (isUseless)
        {
            events.Forget(known);
            return RecordResult.Skipped(SourceNames.Auditd);
        }

        waitsIn = known;
        return RecordResult.Held(SourceNames.Auditd);
    }

    private static void Take(in AuditFields fields, AuditEvent read)
    {
        switch (fields.Field)
        {
            case AuditField.SAddrRaw or AuditField.SAddr:
                Address(fields, read);
                break;
            case AuditField.Cwd:
                read.Cwd = AuditText.Keep(read, read.Cwd, fields, isRaw: false);
                break;
            case AuditField.CommandLine:
                read.CommandLine = AuditText.Keep(read, read.CommandLine, fields, isRaw: false);
                break;
            case AuditField.Name when read.Path.Length == 0 && LibraryNames.IsLibrary(fields.Value):
                read.Path = AuditText.Keep(read, fields, isRaw: false);
                break;
            default:
                AuditProcess.Take(fields, isRaw: false, read);
                break;
        }
    }

    private static void Address(in AuditFields fields, AuditEvent read)
    {
        if (fields.Form == AuditForm.Braced)
        {
            SocketAddress said = SocketAddress.OfText(fields.Value);
            read.Address ??= said with { Port = BinaryPrimitives.ReverseEndianness(said.Port) };
            return;
        }

        Span<byte> bytes = stackalloc byte[128];
        ReadOnlySpan<byte> digits = fields.Value[..Math.Min(fields.Value.Length & ~1, 2 * bytes.Length)];
        if (digits.Length >= 4 && AuditHex.TryBytes(digits, allowLower: true, bytes))
        {
            AuditSettling.SetAddress(read, SocketAddress.Of(bytes[..(digits.Length / 2)]), bytes[..(digits.Length / 2)]);
        }
    }
}
