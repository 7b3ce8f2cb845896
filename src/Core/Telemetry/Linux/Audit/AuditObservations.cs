using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Makes observations of an audit event, the same whatever rendering its records came in.</summary>
/// <remarks>
/// PROCTITLE is not read: the kernel keeps a task's first title, so that after one exec behind another it is that of another image.
/// Of 45 execs recorded on Linux 6.18, 19 had the title of an image before. An exec has its arguments in EXECVE.
/// </remarks>
internal static class AuditObservations
{
    /// <summary>Of the second argument of socket, the kind; flags stand above. Source: <c>linux/net.h</c>.</summary>
    private const ulong SocketKind = 0xf;
    private const ulong Stream = 1;
    private const ulong Datagram = 2;
    private const ulong Raw = 3;
    private const int InProgress = -115;

    /// <summary>Bytes of a path that are put together: longer ones are not opened.</summary>
    private const int LongestPath = 8 << 10;

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
            context.Emit(Of(known, ObservationKind.Connection, context) with { Process = null, Flow = Remote(peer), IsPartial = true });
            return true;
        }

        if (known.Arguments.Count > 0 || known.CommandLine.Length > 0)
        {
            context.Emit(Of(known, ObservationKind.ProcessStart, context) with { IsPartial = true });
            return true;
        }

        if (known.Path.Length > 0 && context.Receiver.WantsModule(known[known.Path], TelemetryPlatform.Linux))
        {
            Observation load = Of(known, ObservationKind.ModuleLoad, context);
            context.Emit(load with { Process = null, Module = new() { Path = Text(known, known.Path)! }, IsPartial = true });
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

        Observation start = Of(known, ObservationKind.ProcessStart, context);
        context.Emit(start with { Process = start.Process! with { StartTime = start.Time ?? start.RecordTime, StartSerial = known.Stamp.Serial } });
        return true;
    }

    private static bool Emit(AuditEvent known, RecordContext context, ObservationKind kind)
    {
        context.Emit(Of(known, kind, context));
        return true;
    }

    private static bool Connection(AuditEvent known, AuditEvents events, RecordContext context, bool inbound)
    {
        Observation connection = Of(known, ObservationKind.Connection, context);
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

        Observation use = Of(known, ObservationKind.CryptoUse, context);
        string? name = isNamed && !type.IsEmpty ? Encoding.UTF8.GetString(type) + " " + Encoding.UTF8.GetString(SocketAddress.NameOfAlg(bytes)) : null;
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
        string path = name[0] != (byte)'/' && known.Cwd.Length > 0 && known.Cwd.Length + name.Length < LongestPath
            ? Text(known, known.Cwd)!.TrimEnd('/') + "/" + Text(known, known.Path)
            : Text(known, known.Path)!;
        events.Libraries.Add(AuditEvents.HostHash(known[known.Node]), known.Pid, known.Exit, known.Stamp, path);
        context.Emit(Of(known, ObservationKind.ModuleLoad, context) with { Module = new() { Path = path } });
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

        context.Emit(Of(known, ObservationKind.ModuleLoad, context) with { Module = new() { Path = path } });
        return true;
    }

    /// <summary>An observation of the event's process and time, of which no more is said yet.</summary>
    public static Observation Of(AuditEvent known, ObservationKind kind, RecordContext context)
    {
        (string? host, string? fqdn) = context.Of(HostCache.State).Of(known[known.Node]);
        AuditStamp start = known.Start;
        return new()
        {
            Kind = kind,
            Source = known.Source,
            Platform = TelemetryPlatform.Linux,
            Time = known.Stamp.IsLocal ? null : known.Stamp.Time,
            RecordTime = known.Stamp.IsLocal ? known.Stamp.Time : null,
            RecordTimeIsLocal = known.Stamp.IsLocal,
            EventSerial = known.Stamp.Serial,
            Host = host,
            HostFqdn = fqdn,
            Process = new()
            {
                Key = known.Pid >= 0 ? ProcessKey.FromPid(host ?? ProcessKey.UnnamedHost, known.Pid, startUnixMs: null) : null,
                Pid = known.Pid >= 0 ? known.Pid : null,
                ParentPid = known.ParentPid >= 0 ? known.ParentPid : null,
                Image = Text(known, known.Exe),
                ThreadName = Text(known, known.Comm),
                CommandLine = CommandLine(known),
                User = Text(known, known.UserName) ?? Text(known, known.Uid),
                StartTime = start.IsKnown ? start.Time : null,
                StartSerial = start.Serial > 0 ? start.Serial : null,
            },
        };
    }

    private static string? CommandLine(AuditEvent known)
    {
        if (known.CommandLine.Length > 0 && known.Arguments.Count == 0)
        {
            return Text(known, known.CommandLine);
        }

        if (known.Arguments.Count == 0)
        {
            return null;
        }

        StringBuilder line = new();
        int last = -1;
        foreach (AuditArgument argument in known.Arguments.OrderBy(argument => argument.Index).ThenBy(argument => argument.Part))
        {
            line.Append(last >= 0 && last != argument.Index ? " " : string.Empty).Append(Text(known, argument.Text));
            last = argument.Index;
        }

        return line.ToString();
    }

    private static string? Text(AuditEvent known, AuditSlice slice) => slice.Length == 0 ? null : Encoding.UTF8.GetString(known[slice]);
}
