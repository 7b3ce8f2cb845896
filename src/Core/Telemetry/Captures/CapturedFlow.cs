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

    /// <summary>Time of the first packet; null where no packet of the capture has one.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>The tunnel that it carries: what travels in it are flows of their own. Null where it is none.</summary>
    public string? Tunnel { get; init; }

    /// <summary>From the initiator.</summary>
    public required CapturedDirection Out { get; init; }

    /// <summary>From the responder.</summary>
    public required CapturedDirection In { get; init; }

    /// <summary>Whether the start of both directions is known to be captured.</summary>
    public bool StartSeen => Out.StartSeen && In.StartSeen;

    /// <summary>Judges the flow's payload; what its key exchange names is that protocol.</summary>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public FlowScore Score(double threshold = LengthCorrected.DefaultThreshold)
    {
        FlowScore score = FlowScorer.Score(
            Out.ToPayload(Context(outward: true)), In.ToPayload(Context(outward: false)), Flow.Handshake, threshold);
        return Tunnel is not null ? score.Named(Tunnel)
            : score.Protocol is null && Flow.Application is { } name ? score.Named(name) : score;
    }

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

/// <summary>One direction of a captured flow.</summary>
public sealed record CapturedDirection
{
    /// <summary>First bytes of a TCP stream in order, retransmissions dropped, up to the first that is missing; at most 4,096.</summary>
    public ReadOnlyMemory<byte> FirstBytes { get; init; }

    /// <summary>First datagrams of other protocols, each from its first byte; at most ten of at most 2,048 bytes.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Datagrams { get; init; } = [];

    /// <summary>Lengths of the first payloads on the wire, bytes; at most 64.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [];

    /// <summary>Whether the direction's very first byte is known to be captured, or where it would stand.</summary>
    public bool StartSeen { get; init; }

    /// <summary>Packets.</summary>
    public long Packets { get; init; }

    /// <summary>Bytes of whole frames on the wire.</summary>
    public long FrameBytes { get; init; }

    /// <summary>Bytes of payload on the wire, retransmissions left out.</summary>
    public long PayloadBytes { get; init; }

    /// <summary>Whether part of the first bytes is missing from the capture.</summary>
    public bool HasGap { get; init; }

    /// <summary>Whether it spoke and nothing of that was captured: what it sent is not known.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The first payload: of a stream its first bytes, else the first datagram.</summary>
    public ReadOnlyMemory<byte> First => !FirstBytes.IsEmpty ? FirstBytes : Datagrams.Count > 0 ? Datagrams[0] : default;

    /// <summary>The direction in the form that <see cref="FlowScorer"/> takes.</summary>
    /// <param name="context">Carrier and ports, seen from the sender.</param>
    public FlowPayload ToPayload(PayloadContext context) => new()
    {
        Payloads = !FirstBytes.IsEmpty ? [FirstBytes] : Datagrams,
        Context = context with { StartUnseen = !StartSeen },
        Lengths = Lengths,
    };
}
