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
        // One bit a letter, whatever its case: what follows is asked of sets.
        uint letters = 0;
        bool originator = false;
        foreach (byte letter in history)
        {
            letters |= char.IsAsciiLetter((char)letter) ? Letter(letter) : 0;
            originator |= char.IsAsciiLetterUpper((char)letter);
        }

        bool originatorUnseen = history is [(byte)'^', ..] && !originator;
        return new()
        {
            Flipped = history is [(byte)'^', ..],
            StartSeen = (letters & Letter((byte)'S')) != 0 && (letters & Letter((byte)'H')) != 0 && !originatorUnseen,
            HasPayload = (letters & Letter((byte)'D')) != 0,
            HasGaps = (letters & Letter((byte)'G')) != 0,
            OriginatorUnseen = originatorUnseen,
        };
    }

    private static uint Letter(byte letter) => 1U << ((letter | 0x20) - 'a');
}
