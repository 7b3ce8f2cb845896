using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Makes observations of an audit event, the same whatever rendering its records came in.</summary>
internal static class AuditObservations
{
    /// <summary>Of the second argument of socket, the kind; flags stand above. Source: <c>linux/net.h</c>.</summary>
    private const ulong SocketKind = 0xf;
    private const ulong Stream = 1;
    private const ulong Datagram = 2;
    private const ulong Raw = 3;
    private const int InProgress = -115;

    /// <summary>Bytes of a path that are put together: longer ones are not opened.</summary>
    private const int MaxPathLength = 8 << 10;

    /// <summary>Hands on what the event says; whether it says anything.</summary>
    public static bool Emit(AuditEvent known, AuditEvents events, RecordContext context) => known.Call switch
    {
        AuditCall.Exec => Start(known, context),
        AuditCall.Exit => Emit(known, context, ObservationKind.ProcessEnd),
        AuditCall.Connect or AuditCall.Send => Connection(known, events, context, inbound: false),
        AuditCall.Accept => Connection(known, events, context, inbound: true),
        AuditCall.UringEnter => known.Address is not null && Connection(known, events, context, inbound: false),
        AuditCall.Bind or AuditCall.Socket => Cipher(known, events, context),
        AuditCall.Open or AuditCall.OpenAt or AuditCall.OpenAt2 => Library(known, events, context),
        AuditCall.Mmap => Mapped(known, events, context),
        _ => Part(known, context),
    };

    /// <summary>What is left of an event whose call is not on record, or not yet: it is joined to that by host, time and serial.</summary>
    private static bool Part(AuditEvent known, RecordContext context)
    {
        if (known.Address is { IsInternet: true, Port: not 0 } peer && !peer.Ip.IsUnspecified)
        {
            context.Emit(
                AuditSubject.Of(known, ObservationKind.Connection, context) with { Process = null, Flow = Remote(peer), IsPartial = true });
            return true;
        }

        if (known.Arguments.Count > 0 || known.CommandLine.Length > 0)
        {
            context.Emit(AuditSubject.Of(known, ObservationKind.ProcessStart, context) with { IsPartial = true });
            return true;
        }

        if (known.Path.Length > 0 && context.Receiver.WantsModule(known[known.Path], TelemetryPlatform.Linux))
        {
            return Part(known, context, ObservationKind.ModuleLoad, new() { Path = AuditSubject.Text(known, known.Path)! });
        }

        return CipherName(known[known.SocketBytes]) is { } cipher && Part(
            known, context, ObservationKind.CryptoUse, new() { Path = ModuleFields.KernelCrypto, Algorithm = cipher });
    }

    private static bool Part(AuditEvent known, RecordContext context, ObservationKind kind, ModuleFields module)
    {
        context.Emit(AuditSubject.Of(known, kind, context) with { Process = null, Module = module, IsPartial = true });
        return true;
    }

    /// <summary>
    /// Hands on a call whose other record may be in another batch, to those who put such parts together; whether it does. Of calls that may
    /// go without it, those at the end of the batch alone.
    /// </summary>
    private static bool Call(AuditEvent known, AuditEvents events, RecordContext context, ObservationKind kind, ModuleFields? module = null)
    {
        bool waits = context.Receiver.JoinsParts && events.IsRecent(known);
        if (waits)
        {
            AuditProcess.ReadUnread(known);
            context.Emit(AuditSubject.Of(known, kind, context) with { Module = module, IsPartial = true });
        }

        return waits;
    }

    private static bool Start(AuditEvent known, RecordContext context)
    {
        if (!known.Succeeded)
        {
            return false;
        }

        Observation start = AuditSubject.Of(known, ObservationKind.ProcessStart, context);
        context.Emit(start with
        {
            Process = start.Process! with { StartTime = start.Time ?? start.RecordTime, StartSerial = known.Stamp.Serial },

            // An exec has its arguments on record: where they lack, that record is lost, or in another batch.
            IsPartial = start.Process.CommandLine is null,
        });
        return true;
    }

    private static bool Emit(AuditEvent known, RecordContext context, ObservationKind kind)
    {
        context.Emit(AuditSubject.Of(known, kind, context));
        return true;
    }

    private static bool Connection(AuditEvent known, AuditEvents events, RecordContext context, bool inbound)
    {
        Observation connection = AuditSubject.Of(known, ObservationKind.Connection, context);
        if (known.Address is not { } peer)
        {
            // Sending and accepting may go without an address. A connect may not: its record is lost, or in another batch.
            bool waits = known.Call == AuditCall.Connect || (context.Receiver.JoinsParts && events.IsRecent(known));
            if (waits)
            {
                context.Emit(connection with { IsPartial = true, Flow = Flow(default, known, events, inbound) });
            }

            return waits;
        }

        if (!peer.IsInternet || peer.Port == 0 || peer.Ip.IsUnspecified)
        {
            // Port 0 is how resolvers ask for a source address: nothing is sent.
            return false;
        }

        context.Emit(connection with { Flow = Flow(peer, known, events, inbound), IsUnderWay = known.Exit == InProgress });
        return true;
    }

    private static FlowFields Flow(SocketAddress peer, AuditEvent known, AuditEvents events, bool inbound)
    {
        byte? protocol = Protocol(known, events);
        FlowFields flow = Remote(peer) with
        {
            Protocol = protocol ?? Protocols.Tcp,
            IsProtocolAssumed = protocol is null,
            InitiatorKnown = true,
            Direction = inbound ? FlowDirection.Inbound : FlowDirection.Outbound,
        };
        return inbound ? flow with { SrcIp = flow.DstIp, SrcPort = flow.DstPort, DstIp = default, DstPort = 0 } : flow;
    }

    private static FlowFields Remote(SocketAddress peer) => new()
    {
        SrcIp = default,
        SrcPort = 0,
        DstIp = peer.Ip,
        DstPort = peer.Port,
        Protocol = Protocols.Tcp,
        IsProtocolAssumed = true,
        IsPartial = true,
    };

    /// <summary>The transport, where something says it: a connect under way is TCP's, an address to send to is a datagram's.</summary>
    private static byte? Protocol(AuditEvent known, AuditEvents events)
    {
        long descriptor = (long)known.A0;
        if (known.HasSocketArguments && !known.IsUring && known.Call != AuditCall.UringEnter
            && events.Sockets.TryFind(AuditEvents.HostHash(known[known.Node]), known.Pid, descriptor, known.Stamp, out ulong kind))
        {
            return (kind & SocketKind) switch { Stream => Protocols.Tcp, Datagram => Protocols.Udp, Raw => null, _ => null };
        }

        return known.Call switch
        {
            AuditCall.Connect when known.Exit == InProgress => Protocols.Tcp,
            AuditCall.Accept => Protocols.Tcp,
            AuditCall.Send => Protocols.Udp,
            _ => null,
        };
    }

    private static bool Cipher(AuditEvent known, AuditEvents events, RecordContext context)
    {
        if (IsNoCipher(known[known.SocketBytes]))
        {
            return false;
        }

        // A socket of the family without its bind: what for is not known.
        bool isNamed = known.Call == AuditCall.Bind;
        if (isNamed && known.Address is null)
        {
            return Call(known, events, context, ObservationKind.CryptoUse);
        }

        Observation use = AuditSubject.Of(known, ObservationKind.CryptoUse, context);
        string? name = isNamed ? CipherName(known[known.SocketBytes]) : null;
        context.Emit(use with { Module = new() { Path = ModuleFields.KernelCrypto, Algorithm = name } });
        return true;
    }

    /// <summary>Whether an address is that of a hash or of random numbers.</summary>
    private static bool IsNoCipher(ReadOnlySpan<byte> bytes) =>
        SocketAddress.TypeOfAlg(bytes) is var type && (type.SequenceEqual("hash"u8) || type.SequenceEqual("rng"u8));

    /// <summary>The kernel's cipher that an address names, kind and name; null where it names none.</summary>
    private static string? CipherName(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> type = SocketAddress.TypeOfAlg(bytes);
        return type.IsEmpty || IsNoCipher(bytes) ? null
            : Encoding.UTF8.GetString(type) + " " + Encoding.UTF8.GetString(SocketAddress.NameOfAlg(bytes));
    }

    private static bool Library(AuditEvent known, AuditEvents events, RecordContext context)
    {
        if (known.Path.Length == 0)
        {
            string? directory = AuditSubject.Text(known, known.Cwd)?.TrimEnd('/');
            return Call(known, events, context, ObservationKind.ModuleLoad, directory is null ? null : new() { Path = directory + "/" });
        }

        ReadOnlySpan<byte> name = known[known.Path];
        if (!context.Receiver.WantsModule(name, TelemetryPlatform.Linux))
        {
            context.CountUnwantedModule();
            return true;
        }

        AuditProcess.ReadUnread(known);
        name = known[known.Path];
        string path = name[0] != (byte)'/' && known.Cwd.Length > 0 && known.Cwd.Length + name.Length < MaxPathLength
            ? AuditSubject.Text(known, known.Cwd)!.TrimEnd('/') + "/" + AuditSubject.Text(known, known.Path)
            : AuditSubject.Text(known, known.Path)!;
        events.Libraries.Add(AuditEvents.HostHash(known[known.Node]), known.Pid, known.Exit, known.Stamp, path);
        context.Emit(AuditSubject.Of(known, ObservationKind.ModuleLoad, context) with { Module = new() { Path = path } });
        return true;
    }

    /// <summary>A mapping names no file: it is that of the open which gave the process the descriptor.</summary>
    private static bool Mapped(AuditEvent known, AuditEvents events, RecordContext context)
    {
        if (known.Fd < 0
            || !events.Libraries.TryFind(AuditEvents.HostHash(known[known.Node]), known.Pid, known.Fd, known.Stamp, out string path))
        {
            return false;
        }

        context.Emit(AuditSubject.Of(known, ObservationKind.ModuleLoad, context) with { Module = new() { Path = path } });
        return true;
    }
}
