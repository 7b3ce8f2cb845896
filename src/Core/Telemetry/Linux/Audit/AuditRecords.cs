using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Puts what one audit record says into its event.</summary>
internal static class AuditRecords
{
    private const string CutCall = "Audit SYSCALL record without the call or the process: the record was cut short.";
    private const string CutAddress = "Audit SOCKADDR record without a whole address.";

    private static readonly RecordResult Skipped = RecordResult.Skipped(SourceNames.Auditd);
    private static readonly RecordResult Held = RecordResult.Held(SourceNames.Auditd);

    /// <summary>Reads one record.</summary>
    /// <param name="header">Its head.</param>
    /// <param name="body">Its fields.</param>
    /// <param name="node">The host, as named by the record or by what it came in; empty where neither does.</param>
    /// <param name="context">Where its event waits.</param>
    /// <param name="waitsIn">The event in which it waits for the others, where the outcome is held.</param>
    public static RecordResult Put(
        in AuditHeader header, ReadOnlySpan<byte> body, ReadOnlySpan<byte> node, RecordContext context, out AuditEvent? waitsIn)
    {
        AuditEvents events = context.Of(AuditEvents.State);
        waitsIn = null;
        switch (header.Type)
        {
            case AuditType.Syscall:
                return Call(header.Stamp, body, node, events, out waitsIn);
            case AuditType.SockAddr:
                return Address(header.Stamp, body, node, events, out waitsIn);
            case AuditType.Path:
                return Path(header.Stamp, body, node, events, out waitsIn);
            case AuditType.Auoms:
                return AuomsRecord.Put(header.Stamp, body, node, context, out waitsIn);
            case AuditType.Crypto or AuditType.MacIpsec:
                return AuditCryptoRecord.Normalize(header, body, node, context);
            case AuditType.Cwd or AuditType.Execve or AuditType.SocketCall or AuditType.Mmap or AuditType.UringOp:
                waitsIn = events.Find(header.Stamp, node);
                return waitsIn is null ? Skipped
                    : AuditParts.Read(header.Type, body, waitsIn, events, out string? wrong) ? Held
                    : wrong is null ? Skipped : AuditNumbers.Wrong(wrong);
            default:
                return Skipped;
        }
    }

    private static RecordResult Call(
        AuditStamp stamp, ReadOnlySpan<byte> body, ReadOnlySpan<byte> node, AuditEvents events, out AuditEvent? waitsIn)
    {
        waitsIn = null;
        AuditFields fields = new(body);
        if (!AuditCallRecord.TryRead(ref fields, out AuditCallRecord call))
        {
            return RecordResult.DeadLettered(SourceNames.Auditd, CutCall);
        }

        if (call.Wrong is { } wrong)
        {
            return AuditNumbers.Wrong(wrong);
        }

        if (!call.IsOfUse)
        {
            events.Forget(stamp, node);
            return Skipped;
        }

        waitsIn = events.Find(stamp, node);
        if (waitsIn is null)
        {
            return Skipped;
        }

        bool isOpen = call.Call is AuditCall.Open or AuditCall.OpenAt or AuditCall.OpenAt2;
        if (isOpen && body.IndexOf(" pid="u8) is > 0 and var pid)
        {
            if (AuditNumbers.WrongProcess(body, pid) is { } unread)
            {
                waitsIn = null;
                return AuditNumbers.Wrong(unread);
            }

            if (waitsIn.Unread.Length == 0)
            {
                waitsIn.Unread = waitsIn.Add(fields.Rest);
                waitsIn.IsUnreadInterpreted = call.IsInterpreted;
            }
        }
        else
        {
            AuditProcess.Read(ref fields, !call.IsInterpreted, waitsIn);
        }

        if (waitsIn.Wrong is { } process)
        {
            // What is known of the event without it stays.
            (waitsIn.Wrong, waitsIn) = (null, null);
            return AuditNumbers.Wrong(process);
        }

        if (waitsIn.Pid < 0 && waitsIn.Unread.Length == 0)
        {
            waitsIn = null;
            return RecordResult.DeadLettered(SourceNames.Auditd, CutCall);
        }

        if (!waitsIn.HasCall)
        {
            AuditSettling.SetCall(waitsIn, call);
        }

        return Settle(ref waitsIn, events);
    }

    [SkipLocalsInit]
    private static RecordResult Address(
        AuditStamp stamp, ReadOnlySpan<byte> body, ReadOnlySpan<byte> node, AuditEvents events, out AuditEvent? waitsIn)
    {
        AuditFields fields = new(body);
        waitsIn = null;
        while (fields.Next())
        {
            bool isText = fields.Form == AuditForm.Braced || fields.Field == AuditField.SAddrText;
            if (!isText && fields.Field is not (AuditField.SAddr or AuditField.SAddrRaw))
            {
                continue;
            }

            Span<byte> bytes = stackalloc byte[128];
            ReadOnlySpan<byte> digits = fields.Value[..Math.Min(fields.Value.Length & ~1, 2 * bytes.Length)];
            bool isHex = !isText && AuditHex.TryBytes(digits, allowLower: true, bytes);
            if (!isText && !isHex)
            {
                // ausearch writes unknown-family(512) of what it does not know, and reads big-endian hosts so.
                isText = fields.Value.StartsWith("unknown"u8);
            }

            if (!isText && (!isHex || digits.Length < 4))
            {
                break;
            }

            if (isText && SocketAddress.WrongIn(fields.Value) is { } wrong)
            {
                return AuditNumbers.Wrong(wrong);
            }

            SocketAddress address = isText ? SocketAddress.OfText(fields.Value) : SocketAddress.Of(bytes[..(digits.Length / 2)]);
            if (!address.IsInternet && address.Family != SocketFamily.Alg)
            {
                events.Forget(stamp, node);
                return Skipped;
            }

            waitsIn = events.Find(stamp, node);
            if (waitsIn is null)
            {
                return Skipped;
            }

            AuditSettling.SetAddress(waitsIn, address, isText ? default : bytes[..(digits.Length / 2)]);
            return Settle(ref waitsIn, events);
        }

        return RecordResult.DeadLettered(SourceNames.Auditd, CutAddress);
    }

    [SkipLocalsInit]
    private static RecordResult Path(
        AuditStamp stamp, ReadOnlySpan<byte> body, ReadOnlySpan<byte> node, AuditEvents events, out AuditEvent? waitsIn)
    {
        AuditFields fields = new(body);
        waitsIn = null;
        while (fields.Next())
        {
            if (fields.Field != AuditField.Name)
            {
                continue;
            }

            byte[]? rented = fields.Value.Length > 1024 ? System.Buffers.ArrayPool<byte>.Shared.Rent(fields.Value.Length) : null;
            Span<byte> room = rented ?? stackalloc byte[1024];
            int decoded = fields.Form == AuditForm.Bare ? AuditHex.Decode(fields.Value, isRaw: false, room) : -1;
            ReadOnlySpan<byte> name = decoded >= 0 ? room[..decoded] : fields.Value;
            RecordResult result = AuditSettling.Opened(stamp, node, name, events, out waitsIn) ? Held : Skipped;
            if (rented is not null)
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(rented);
            }

            return result;
        }

        return Skipped;
    }

    /// <summary>Forgets the event if what is known of it by now says that it is of no use.</summary>
    internal static RecordResult Settle(ref AuditEvent? known, AuditEvents events)
    {
        if (!AuditSettling.IsUseless(known!, events))
        {
            return Held;
        }

        events.Forget(known!);
        known = null;
        return Skipped;
    }
}
