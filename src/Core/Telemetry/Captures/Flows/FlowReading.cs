using CipherWatch.Core.Telemetry.Captures.Handshakes;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>Makes the finished flow of what was gathered: initiator first, with its key exchange read.</summary>
internal static class FlowReading
{
    /// <summary>The finished flow.</summary>
    public static CapturedFlow Of(GatheredFlow state)
    {
        bool first = state.FirstInitiates;
        CapturedDirection outward = Of(first ? state.FromFirst : state.FromSecond);
        CapturedDirection inward = Of(first ? state.FromSecond : state.FromFirst);
        ExchangeReading exchange = ExchangeReading.Of(
            state.Protocol,
            outward,
            inward,
            first ? state.FirstPort : state.SecondPort,
            first ? state.SecondPort : state.FirstPort);
        return new()
        {
            Number = state.Number,
            Start = Time(state.FirstTicks),
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
                BytesOut = outward.PayloadBytes,
                BytesIn = inward.PayloadBytes,
                PacketsOut = outward.Packets,
                PacketsIn = inward.Packets,
                DurationMs = (state.LastTicks - state.FirstTicks) / TimeSpan.TicksPerMillisecond,
                Application = exchange.Application,
                Handshake = exchange.Handshake,
                ServerName = exchange.ServerName,
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
    };

    private static DateTimeOffset Time(long ticks) =>
        Timestamps.TryFromUnixTicks(ticks, out DateTimeOffset time) ? time : DateTimeOffset.UnixEpoch;
}
