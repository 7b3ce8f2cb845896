namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>
/// What conn.log's <c>history</c> says: one letter for each kind of packet in the order first seen, upper case from the
/// originator, lower case from the responder.
/// </summary>
internal readonly record struct ZeekHistory
{
    /// <summary>Zeek swapped the two sides, because it first saw what looked like an answer (<c>^</c>).</summary>
    public bool Flipped { get; init; }

    /// <summary>A SYN and a SYN-ACK were captured: whatever was sent first was seen.</summary>
    public bool StartSeen { get; init; }

    /// <summary>Either side sent payload.</summary>
    public bool HasPayload { get; init; }

    /// <summary>Payload was missing from the capture.</summary>
    public bool HasGaps { get; init; }

    /// <summary>The entry is of a capture that saw the responder alone, so that the originator's counters of 0 mean nothing.</summary>
    public bool OriginatorUnseen { get; init; }

    /// <summary>Reads a history; the default value where there is none.</summary>
    public static ZeekHistory Of(ReadOnlySpan<byte> history)
    {
        bool flipped = history is [(byte)'^', ..];
        bool syn = history.ContainsAny("Ss"u8);
        bool synAck = history.ContainsAny("Hh"u8);
        bool originator = history.IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0;
        return new()
        {
            Flipped = flipped,
            StartSeen = syn && synAck && !(flipped && !originator),
            HasPayload = history.ContainsAny("Dd"u8),
            HasGaps = history.ContainsAny("Gg"u8),
            OriginatorUnseen = flipped && !originator,
        };
    }
}
