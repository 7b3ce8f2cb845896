using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>One flow of a packet capture.</summary>
public sealed record CapturedFlow
{
    private const byte Esp = 50;

    /// <summary>Place among the flows of the capture, by first packet, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Ends, counters of payload, application and key exchange.</summary>
    public required FlowFields Flow { get; init; }

    /// <summary>Time of the first packet.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>From the initiator.</summary>
    public required CapturedDirection Out { get; init; }

    /// <summary>From the responder.</summary>
    public required CapturedDirection In { get; init; }

    /// <summary>Whether the start of both directions is known to be captured.</summary>
    public bool StartSeen => Out.StartSeen && In.StartSeen;

    /// <summary>Judges the flow's payload.</summary>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public FlowScore Score(double threshold = LengthCorrected.DefaultThreshold) =>
        FlowScorer.Score(Out.ToPayload(Context(outward: true)), In.ToPayload(Context(outward: false)), Flow.Handshake, threshold);

    /// <summary>The flow as people write it: source, destination, protocol.</summary>
    public override string ToString()
    {
        static string End(IpAddress ip, ushort port) => ip.IsV4
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ip}:{port}")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{ip}]:{port}");
        return $"{End(Flow.SrcIp, Flow.SrcPort)} > {End(Flow.DstIp, Flow.DstPort)} {Protocols.Name(Flow.Protocol)}";
    }

    private PayloadContext Context(bool outward) => new()
    {
        Transport = Flow.Protocol switch
        {
            Protocols.Tcp => Transport.Tcp,
            Protocols.Udp => Transport.Udp,
            Esp => Transport.Esp,
            _ => Transport.Unknown,
        },
        SourcePort = outward ? Flow.SrcPort : Flow.DstPort,
        DestinationPort = outward ? Flow.DstPort : Flow.SrcPort,
    };
}
