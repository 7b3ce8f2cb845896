using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Decides, as an event's records come, whether it can still be of use, and notes what descriptors stand for.</summary>
internal static class AuditSettling
{
    /// <summary>Operations of io_uring that reach a peer. Source: <c>linux/io_uring.h</c>.</summary>
    private const int UringSendMsg = 9;
    private const int UringAccept = 13;
    private const int UringConnect = 16;

    /// <summary>Sets what the call does.</summary>
    public static void SetCall(AuditEvent known, in AuditCallRecord call)
    {
        known.HasCall = true;
        known.Call = call.Call;
        known.Succeeded = call.Success is not false;
        known.Exit = call.Exit;
        if (call.Call == AuditCall.SocketCall)
        {
            known.Call = AuditCalls.OfSocketCall(call.Values[0]);
        }
        else if (!known.HasSocketArguments)
        {
            (known.A0, known.A1, known.A2, known.A3) = (call.Values[0], call.Values[1], call.Values[2], call.Values[3]);
            known.HasSocketArguments = true;
        }
    }

    /// <summary>Sets the address.</summary>
    public static void SetAddress(AuditEvent known, SocketAddress address, ReadOnlySpan<byte> bytes)
    {
        if (known.SocketBytes.Length == 0 && !bytes.IsEmpty)
        {
            known.SocketBytes = known.Add(bytes);
            known.Address = address;
        }

        known.Address ??= address;
    }

    /// <summary>Whether nothing can come of the event, by what is known of it.</summary>
    public static bool IsUseless(AuditEvent known, AuditEvents events)
    {
        switch (known.Call)
        {
            case AuditCall.Socket when known.HasCall && known.HasSocketArguments:
                if (known.A0 is (ulong)SocketFamily.Inet or (ulong)SocketFamily.Inet6)
                {
                    events.Sockets.Add(AuditEvents.HostHash(known[known.Node]), known.Pid, known.Exit, known.Stamp, known.A1);
                }

                return known.A0 != (ulong)SocketFamily.Alg;
            case AuditCall.Bind:
                return known.Address is { Family: not SocketFamily.Alg };
            case AuditCall.Connect or AuditCall.Send or AuditCall.Accept or AuditCall.UringEnter:
                return known.Address is { IsInternet: false };
            case AuditCall.Open or AuditCall.OpenAt or AuditCall.OpenAt2 or AuditCall.Mmap or AuditCall.Exit:
                return known.Address is not null;
            default:
                return false;
        }
    }

    /// <summary>Lets a record wait in its event, unless what is known of it by now says that it is of no use.</summary>
    public static RecordResult Hold(AuditEvent known, AuditEvents events)
    {
        if (IsUseless(known, events) || (known.Path.Length == 0 && known.Call is AuditCall.Open or AuditCall.OpenAt or AuditCall.OpenAt2))
        {
            events.Forget(known);
            return RecordResult.Skipped(known.Source);
        }

        known.Records++;
        return RecordResult.Held(known.Source);
    }

    /// <summary>Takes a path that a call named; whether its record waits with the event.</summary>
    public static bool Opened(
        AuditStamp stamp, ReadOnlySpan<byte> node, ReadOnlySpan<byte> name, AuditEvents events, out AuditEvent? waitsIn)
    {
        waitsIn = null;
        if (!LibraryNames.IsLibrary(name))
        {
            // A file that is no library settles an open.
            if (events.Known(stamp, node) is { Path.Length: 0, Call: AuditCall.Open or AuditCall.OpenAt or AuditCall.OpenAt2 } opened)
            {
                events.Forget(opened);
            }

            return false;
        }

        waitsIn = events.Find(stamp, node);
        if (waitsIn is { Path.Length: 0, IsFull: false })
        {
            waitsIn.Path = waitsIn.Add(name);
        }

        return waitsIn is not null;
    }

    /// <summary>Takes an operation of io_uring; whether its record waits with the event.</summary>
    public static bool Uring(ref AuditFields fields, AuditEvent known, AuditEvents events)
    {
        int operation = -1;
        long exit = 0;
        bool? success = null;
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case AuditField.UringOp:
                    operation = Utf8Parser.TryParse(fields.Value, out int number, out _) ? number
                        : fields.Value.StartsWith("connect"u8) ? UringConnect
                        : fields.Value.StartsWith("accept"u8) ? UringAccept
                        : fields.Value.StartsWith("sendmsg"u8) ? UringSendMsg
                        : -1;
                    break;
                case AuditField.Success:
                    success = AuditCallRecord.Yes(fields.Value);
                    break;
                case AuditField.Exit:
                    exit = AuditCallRecord.Result(fields.Value);
                    break;
                default:
                    AuditProcess.Take(fields, isRaw: false, known);
                    break;
            }
        }

        AuditCallRecord call = new()
        {
            Call = operation switch
            {
                UringConnect => AuditCall.Connect,
                UringAccept => AuditCall.Accept,
                UringSendMsg => AuditCall.Send,
                _ => AuditCall.None,
            },
            Success = success,
            Exit = exit,
        };
        if (!call.IsOfUse || known.Pid < 0)
        {
            events.Forget(known);
            return false;
        }

        if (!known.HasCall)
        {
            SetCall(known, call);
            known.IsUring = true;
        }

        return true;
    }
}
