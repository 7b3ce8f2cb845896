using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Makes an observation of one row of <c>esxcli network ip connection list</c>, whatever formatter wrote it.</summary>
/// <remarks>
/// A listing is a moment: the same connection in the next one is the same observation, whose first and last times then tell its
/// age. It has no bytes; the queues are what waits at that moment.
/// </remarks>
internal static class EsxcliConnection
{
    private const string NoAddress = "esxcli connection row without readable LocalAddress, ForeignAddress and Proto.";
    private const string NoTime = "esxcli connection row without a time: send it in the collector's envelope, which names host and time.";

    /// <summary>Reads a row.</summary>
    /// <param name="row">Its fields.</param>
    /// <param name="host">Who made the listing; null where nobody says.</param>
    /// <param name="time">When; null where nobody says, and then the input's own time is the recorder's.</param>
    /// <param name="context">Where observations go.</param>
    public static RecordResult Read(EsxcliRow row, string? host, DateTimeOffset? time, RecordContext context)
    {
        if (Protocol(row[EsxcliField.Proto]) is not { } protocol
            || !EndpointText.TryParse(row[EsxcliField.LocalAddress], out IpAddress local, out ushort localPort)
            || !TryForeign(row[EsxcliField.ForeignAddress], out IpAddress foreign, out ushort foreignPort))
        {
            return RecordResult.DeadLettered(SourceNames.Esxcli, NoAddress);
        }

        bool listens = foreign.IsUnspecified || foreignPort == 0;
        bool stays = local.IsLoopback || foreign.IsLoopback || (foreign == local && !local.IsUnspecified);
        bool opened = row[EsxcliField.State].IsEmpty || !row[EsxcliField.State].StartsWith("CLOSED"u8);
        if (stays || !opened || (listens && protocol == Protocols.Tcp && !row[EsxcliField.State].SequenceEqual("LISTEN"u8)))
        {
            return RecordResult.Skipped(SourceNames.Esxcli);
        }

        if ((time ?? context.InputTime) is not { } recorded)
        {
            return RecordResult.DeadLettered(SourceNames.Esxcli, NoTime);
        }

        if (!row[EsxcliField.WorldID].IsEmpty && !DecimalNumber.TryWhole(row[EsxcliField.WorldID], out _))
        {
            return RecordResult.DeadLettered(SourceNames.Esxcli, "'WorldID' is no whole number.");
        }

        (string name, string? fqdn) = HostNames.Named(host);
        EsxiEvent record = new()
        {
            Host = name,
            Fqdn = fqdn,
            Time = time,
            RecordTime = time is null ? recorded : null,
            Program = EsxiPrograms.Name(row[EsxcliField.WorldName]),
            Source = SourceNames.Esxcli,
        };
        ProcessFields? process = record.Process(pid: World(row[EsxcliField.WorldID]));
        Observation observation = listens
            ? record.Build(ObservationKind.Listen, process, Listening(local, localPort, protocol))
            : Connected(record, process, local, localPort, foreign, foreignPort, protocol, row[EsxcliField.State]);
        context.Emit(observation);
        return RecordResult.Observed(SourceNames.Esxcli);
    }

    private static Observation Connected(
        EsxiEvent record,
        ProcessFields? process,
        IpAddress local,
        ushort localPort,
        IpAddress foreign,
        ushort foreignPort,
        byte protocol,
        ReadOnlySpan<byte> state)
    {
        // A listing does not say who opened a connection, but for SYN states.
        FlowDirection direction = state.StartsWith("SYN_SENT"u8) || state.StartsWith("SYN SENT"u8) ? FlowDirection.Outbound
            : state.StartsWith("SYN"u8) ? FlowDirection.Inbound
            : EsxiPorts.Direction(localPort, foreignPort);
        EsxiEnds ends = new(local, localPort, foreign, foreignPort, direction, Handshake.Unknown, null);
        FlowFields flow = ends.Flow(null) with { Protocol = protocol };
        return record.Build(ObservationKind.Connection, process, flow, flow.IsPartial ? null : flow.Key.CommunityId());
    }

    private static FlowFields Listening(IpAddress local, ushort port, byte protocol) => new()
    {
        SrcIp = default,
        SrcPort = 0,
        DstIp = local,
        DstPort = port,
        Protocol = protocol,
        Direction = FlowDirection.Inbound,
        IsPartial = true,
    };

    private static byte? Protocol(ReadOnlySpan<byte> text) =>
        text.StartsWith("tcp"u8) ? Protocols.Tcp : text.StartsWith("udp"u8) ? Protocols.Udp : null;

    /// <summary>The other end; <c>*.*</c> and nothing at all stand for none.</summary>
    private static bool TryForeign(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        bool none = text.IsEmpty || text.SequenceEqual("*.*"u8) || text.SequenceEqual("*:*"u8);
        address = default;
        port = 0;
        return none || EndpointText.TryParse(text, out address, out port);
    }

    private static int? World(ReadOnlySpan<byte> text) =>
        DecimalNumber.TryWhole(text, out long world) && world is > 0 and <= int.MaxValue ? (int)world : null;
}
