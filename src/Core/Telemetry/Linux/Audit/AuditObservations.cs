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
        AuditCall.Bind or AuditCall.Socket => Cipher(known, context),
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
            Observation load = AuditSubject.Of(known, ObservationKind.ModuleLoad, context);
            context.Emit(load with { Process = null, Module = new() { Path = AuditSubject.Text(known, known.Path)! }, IsPartial = true });
            return true;
        }

        return false;
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
            Process = start.Process! with
            {
                StartTime = start.Time
            ?? start.RecordTime,
                StartSerial = known.Stamp.Serial
            }
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
            if (known.Call == AuditCall.Connect)
            {
                context.Emit(connection with { IsPartial = true });
            }

            return known.Call == AuditCall.Connect;
        }

        if (!peer.IsInternet || peer.Port == 0 || peer.Ip.IsUnspecified)
        {
            // Port 0 is how resolvers ask for a source address: nothing is sent.
            return false;
        }

        byte? protocol = Protocol(known, events);
        FlowFields flow = Remote(peer) with
        {
            Protocol = protocol ?? Protocols.Tcp,
            IsProtocolAssumed = protocol is null,
            InitiatorKnown = true,
            Direction = inbound ? FlowDirection.Inbound : FlowDirection.Outbound,
        };
        if (inbound)
        {
            flow = flow with { SrcIp = flow.DstIp, SrcPort = flow.DstPort, DstIp = default, DstPort = 0 };
        }

        context.Emit(connection with { Flow = flow });
        return true;
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

    private static bool Cipher(AuditEvent known, RecordContext context)
    {
        ReadOnlySpan<byte> bytes = known[known.SocketBytes];
        ReadOnlySpan<byte> type = SocketAddress.TypeOfAlg(bytes);
        if (type.SequenceEqual("hash"u8) || type.SequenceEqual("rng"u8))
        {
            return false;
        }

        // A socket of the family without its bind: what for is not known.
        bool isNamed = known.Call == AuditCall.Bind;
        if (isNamed && known.Address is null)
        {
            return false;
        }

        Observation use = AuditSubject.Of(known, ObservationKind.CryptoUse, context);
        string? name = isNamed
            && !type.IsEmpty ? Encoding.UTF8.GetString(type) + " " + Encoding.UTF8.GetString(SocketAddress.NameOfAlg(bytes)) : null;
        context.Emit(use with { Module = new() { Path = ModuleFields.KernelCrypto, Algorithm = name } });
        return true;
    }

    private static bool Library(AuditEvent known, AuditEvents events, RecordContext context)
    {
        if (known.Path.Length == 0)
        {
            return false;
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
