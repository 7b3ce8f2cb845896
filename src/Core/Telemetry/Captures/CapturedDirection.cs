using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Core.Telemetry.Captures;

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
