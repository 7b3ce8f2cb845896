using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>Makes observations of Network.framework's connections and of the TLS on them.</summary>
internal static class NetworkObservations
{
    private const byte UnknownProtocol = 0;

    /// <summary>The library that speaks TLS for the platform. Text names it without its path, Console.app not at all.</summary>
    private const string TlsLibrary = "/usr/lib/libboringssl.dylib";

    /// <summary>The first line of a connection, and the last with its sums.</summary>
    public static RecordResult Connection(in MacEntry entry, MacTime time, bool ended, RecordContext context)
    {
        ReadOnlySpan<byte> line = MacMessages.FirstLine(entry.Message);
        if (!NetworkParameters.TryRead(line[..(line.LastIndexOf((byte)']') + 1)], out NetworkParameters parameters))
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        NetworkClose close = ended ? NetworkClose.Read(entry.Message[Math.Min(entry.Message.Length, line.Length + 1)..]) : default;
        MacEndpoint asked = MacEndpoint.Read(parameters.Endpoint);
        MacEndpoint reached = MacEndpoint.Read(close.Remote);
        if (close.IsLoopback || asked.Address.IsLoopback || reached.Address.IsLoopback || close.Local.IsLoopback
            || asked.Name.SequenceEqual("localhost"u8))
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        MacEvent record = MacEvent.Of(entry, time.Before(close.DurationMs));
        MacConnection known = context.Of(MacState.State).Connections.Of(record, parameters.Number);
        known.IsSecured |= close.HadTls || close.HadQuic;
        known.IsQuic |= close.HadQuic || (parameters.WantsQuic && !parameters.IsRace);
        byte protocol = Protocol(parameters, close, known);
        ushort port = reached.Port != 0 ? reached.Port : asked.Port;
        if (reached.Address.IsUnspecified && asked.Address.IsUnspecified && known.Reached.IsUnspecified && protocol == Protocols.Tcp
            && context.Of(MacState.State).LocalEnds.Ask(record, known, close.LocalPort, port, close.DurationMs) is { } told)
        {
            known.Reached = told;
        }

        IpAddress remote = !reached.Address.IsUnspecified ? reached.Address : !asked.Address.IsUnspecified ? asked.Address : known.Reached;
        ReadOnlySpan<byte> name = parameters.UrlHost.IsEmpty ? asked.Name : parameters.UrlHost;
        FlowFields flow = new()
        {
            SrcIp = close.Local,
            SrcPort = close.LocalPort,
            DstIp = remote,
            DstPort = port,
            Protocol = protocol,
            InitiatorKnown = true,
            Direction = FlowDirection.Outbound,
            BytesOut = close.BytesOut,
            BytesIn = close.BytesIn,
            PacketsOut = close.PacketsOut,
            PacketsIn = close.PacketsIn,
            DurationMs = close.DurationMs,
            Handshake = Exchange(parameters, close, known),
            Application = known.IsQuic ? "quic" : known.IsSecured ? "tls" : null,
            ServerName = name.IsEmpty ? null : Encoding.UTF8.GetString(name),
            IsPartial = close.Local.IsUnspecified || remote.IsUnspecified || protocol == UnknownProtocol,
        };
        string uid = parameters.Uuid.IsEmpty ? record.Named(parameters.Number) : Encoding.UTF8.GetString(parameters.Uuid);
        FlowFields opened = flow with { BytesOut = null, BytesIn = null, PacketsOut = null, PacketsIn = null, DurationMs = null };
        known.Last = record.Build(ObservationKind.Connection, opened, uid);
        context.Emit(known.Last);
        if (close.BytesOut is not null)
        {
            known.Sums = record.Build(ObservationKind.Flow, flow, uid);
            context.Emit(known.Sums);
        }

        return RecordResult.Observed(SourceNames.UnifiedLog);
    }

    /// <summary>A connection, known by its number, reached an address that is in clear.</summary>
    public static RecordResult Reached(in MacEntry entry, MacTime time, RecordContext context)
    {
        if (!NetworkParameters.TryNumber(entry.Message[1..], out int number, out ReadOnlySpan<byte> rest))
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        int blank = rest.IndexOf((byte)' ');
        MacEndpoint end = MacEndpoint.Read(blank < 0 ? rest : rest[..blank]);
        if (end.Address.IsUnspecified || end.Address.IsLoopback)
        {
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        MacConnection known = context.Of(MacState.State).Connections.Of(MacEvent.Of(entry, time), number);
        known.Reached = end.Address;
        return Learn(known, end.Address, end.Port, context)
            ? RecordResult.Observed(SourceNames.UnifiedLog)
            : RecordResult.Skipped(SourceNames.UnifiedLog);
    }

    /// <summary>Shows the other end of a connection, which its own lines hide: a socket with the same local end tells it.</summary>
    public static void Show(MacConnection? connection, IpAddress remote, RecordContext context)
    {
        if (connection is { Reached.IsUnspecified: true })
        {
            connection.Reached = remote;
            Learn(connection, remote, 0, context);
        }
    }

    private static bool Learn(MacConnection known, IpAddress address, ushort port, RecordContext context)
    {
        if (known.Last is not { Flow.DstIp.IsUnspecified: true })
        {
            return false;
        }

        known.Last = Again(known.Last, Reach, (address, port), context);
        known.Sums = known.Sums is { } sums ? Again(sums, Reach, (address, port), context) : null;
        return true;
    }

    private static FlowFields Reach(FlowFields flow, (IpAddress Address, ushort Port) end) => flow with
    {
        DstIp = end.Address,
        DstPort = end.Port != 0 ? end.Port : flow.DstPort,
        IsPartial = flow.SrcIp.IsUnspecified || flow.Protocol == UnknownProtocol,
    };

    /// <summary>
    /// <c>nw_protocol_boringssl_signal_connected(724) [C42.1:2][0x…] TLS connected [version(0x0304) … alpn(h2) resumed(0) …]</c>: the
    /// process exchanged keys, and on which of its connections.
    /// </summary>
    public static RecordResult Secured(in MacEntry entry, MacTime time, RecordContext context)
    {
        ReadOnlySpan<byte> message = entry.Message;
        MacEvent record = MacEvent.Of(entry, time);
        context.Emit(record.Build(ObservationKind.CryptoUse, module: new() { Path = TlsLibrary }));

        int open = message.IndexOf((byte)'[');
        if (!NetworkParameters.TryNumber(message[(open + 1)..], out int number, out _))
        {
            return RecordResult.Observed(SourceNames.UnifiedLog);
        }

        MacConnection known = context.Of(MacState.State).Connections.Of(record, number);
        bool told = known.IsSecured;
        known.IsSecured = true;
        known.IsQuic |= message.IndexOf("alpn(h3"u8) >= 0;
        if (!told)
        {
            known.Last = known.Last is { } last ? Again(last, Secure, known.IsQuic, context) : null;
            known.Sums = known.Sums is { } sums ? Again(sums, Secure, known.IsQuic, context) : null;
        }

        return RecordResult.Observed(SourceNames.UnifiedLog);
    }

    private static FlowFields Secure(FlowFields flow, bool isQuic) => flow with
    {
        Handshake = Handshake.Established,
        Application = isQuic ? "quic" : "tls",
        Protocol = flow.Protocol != UnknownProtocol ? flow.Protocol : isQuic ? Protocols.Udp : Protocols.Tcp,
        IsPartial = flow.SrcIp.IsUnspecified || flow.DstIp.IsUnspecified,
    };

    /// <summary>Hands an observation on once more, with what was learned since.</summary>
    private static Observation Again<TLearned>(
        Observation observation, Func<FlowFields, TLearned, FlowFields> learn, TLearned learned, RecordContext context)
    {
        Observation more = observation with { Flow = learn(observation.Flow!, learned) };
        context.Emit(more);
        return more;
    }

    /// <summary>
    /// The transport. <c>quic-connection</c> is a race of QUIC and TLS over TCP: who won, the end or the TLS library says, and until
    /// then nobody.
    /// </summary>
    private static byte Protocol(in NetworkParameters parameters, in NetworkClose close, MacConnection known)
    {
        if (!parameters.WantsQuic)
        {
            return parameters.Transport.SequenceEqual("udp"u8) || parameters.Transport.SequenceEqual("datagram"u8)
                ? Protocols.Udp
                : Protocols.Tcp;
        }

        return known.IsQuic ? Protocols.Udp : close.HadTcp || close.HadTls || known.IsSecured ? Protocols.Tcp : UnknownProtocol;
    }

    /// <summary>
    /// What the log itself states: keys were exchanged where a TLS step took time; none were where TLS was not even asked for, a TCP
    /// step took time and bytes flowed. TLS that was asked for is a wish, and says nothing.
    /// </summary>
    private static Handshake Exchange(in NetworkParameters parameters, in NetworkClose close, MacConnection known)
    {
        if (known.IsSecured || known.IsQuic)
        {
            return known.IsSecured ? Handshake.Established : Handshake.Unknown;
        }

        bool wished = parameters.WantsTls || parameters.WantsQuic;
        return !wished && close.HadTcp && close.BytesIn + close.BytesOut > 0 ? Handshake.None : Handshake.Unknown;
    }
}
