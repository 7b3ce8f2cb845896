using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>What was kept of one direction of a flow.</summary>
public sealed record FlowPayload
{
    /// <summary>A direction that sent nothing, or of which nothing was kept.</summary>
    public static readonly FlowPayload None = new();

    /// <summary>
    /// Payloads in order. Of a stream: one entry with its first bytes (1,460 are enough). Of datagrams: the first of
    /// them, each from its first byte; eight are enough.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Payloads { get; init; } = [];

    /// <summary>Carrier, ports and whether the start was seen, for this direction.</summary>
    public PayloadContext Context { get; init; }

    /// <summary>Lengths in bytes of messages sent, as far as known; the more the better for <see cref="BlockShape"/>.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [];
}
