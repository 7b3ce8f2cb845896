using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures.Handshakes;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>Makes the finished flow of what was gathered: initiator first, with its key exchange read.</summary>
internal static class FlowReading
{
    /// <summary>The finished flow.</summary>
    /// <param name="state">What was gathered.</param>
    /// <param name="otherwise">The time of a flow whose packets have none; unknown where no packet of the capture has one.</param>
    public static CapturedFlow Of(GatheredFlow state, long otherwise)
    {
        bool first = state.FirstInitiates;
        CapturedDirection outward = Of(first ? state.FromFirst : state.FromSecond);
        CapturedDirection inward = Of(first ? state.FromSecond : state.FromFirst);
        ConnectTunnel tunnel = default;
        bool proxied = state.Protocol == Protocols.Tcp && outward.StartSeen && inward.StartSeen
            && ConnectTunnel.TryRead(outward.FirstBytes.Span, inward.FirstBytes.Span, out tunnel)
            && (outward.FirstBytes.Length > tunnel.RequestBytes || inward.FirstBytes.Length > tunnel.AnswerBytes);
        if (proxied)
        {
            // What the tunnel carries is judged as the destination's.
            outward = outward with { FirstBytes = outward.FirstBytes[tunnel.RequestBytes..] };
            inward = inward with { FirstBytes = inward.FirstBytes[tunnel.AnswerBytes..] };
        }

        ExchangeReading exchange = ExchangeReading.Of(
            state.Protocol,
            outward,
            inward,
            first ? state.FirstPort : state.SecondPort,
            first ? state.SecondPort : state.FirstPort);
        bool timed = state.FirstTicks != CaptureTime.Unknown;
        return new()
        {
            Number = state.Number,
            Start = CaptureTime.Of(timed ? state.FirstTicks : otherwise),
            Tunnel = state.Tunnel,
            Out = outward,
            In = inward,
            Flow = new()
            {
                SrcIp = first ? state.FirstIp : state.SecondIp,
                SrcPort = first ? state.FirstPort : state.SecondPort,
                DstIp = first ? state.SecondIp : state.FirstIp,
                DstPort = first ? state.SecondPort : state.FirstPort,
                Protocol = state.Protocol,
                InitiatorKnown = state.FirstOpened is not null,
                IsInitiatorInferred = state is { FirstOpened: null, Protocol: Protocols.Tcp or Protocols.Udp },
                BytesOut = outward.IsMissing ? null : outward.PayloadBytes,
                BytesIn = inward.IsMissing ? null : inward.PayloadBytes,
                PacketsOut = outward.IsMissing && outward.Packets == 0 ? null : outward.Packets,
                PacketsIn = inward.IsMissing && inward.Packets == 0 ? null : inward.Packets,
                DurationMs = !timed || state.IsStepped ? null : (state.LastTicks - state.FirstTicks) / TimeSpan.TicksPerMillisecond,
                Application = state.Tunnel ?? exchange.Application,
                Handshake = state.Tunnel is null ? exchange.Handshake : Handshake.Unknown,
                ServerName = proxied && !(exchange.ServerName is not null && IpAddress.TryParse(tunnel.Target.Host, out _))
                    ? tunnel.Target.Host : exchange.ServerName,
                IsProxied = proxied,
                ServerPort = proxied ? tunnel.Target.Port : (ushort)0,
            },
        };
    }

    private static CapturedDirection Of(DirectionState state) => new()
    {
        FirstBytes = state.FirstBytes,
        Datagrams = state.Datagrams,
        Lengths = state.Lengths,
        StartSeen = state.StartSeen,
        Packets = state.Packets,
        FrameBytes = state.FrameBytes,
        PayloadBytes = state.PayloadBytes,
        HasGap = state.HasGap,
        IsMissing = state.IsMissing,
    };
}
