namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>
/// The first bytes of one direction of a stream, put in order by sequence number. Bytes that come again change nothing, and
/// what comes early waits in its place.
/// </summary>
internal sealed class FirstBytesBuffer
{
    /// <summary>
    /// Bytes kept of a direction: a TLS client's messages up to the end of its handshake fit with post-quantum key shares, and a
    /// scored sample is shorter.
    /// </summary>
    public const int MaxBytes = 4096;

    /// <summary>Pieces that may wait behind a gap; a stream torn into more than this is not put together further.</summary>
    private const int MaxPieces = 64;

    private readonly PieceBuffer _bytes = new(MaxBytes, MaxPieces);
    private uint _first;
    private bool _certain;

    /// <summary>Whether the sequence number of a first byte is known, or the lowest of those seen.</summary>
    public bool HasStart { get; private set; }

    /// <summary>Sequence number of the first byte.</summary>
    public uint Start => _first;

    /// <summary>The bytes from the first on, as far as none is missing.</summary>
    public ReadOnlyMemory<byte> InOrder => _bytes.InOrder;

    /// <summary>Whether bytes were kept behind a gap.</summary>
    public bool HasGap => _bytes.HasGap;

    /// <summary>Says where the stream begins. What came before it in time, and stands before it in the stream, is none of it.</summary>
    public void SetStart(uint sequence)
    {
        if (!_certain)
        {
            MoveStart(sequence);
            _certain = true;
        }
    }

    /// <summary>Takes a segment's payload.</summary>
    public void Add(uint sequence, ReadOnlySpan<byte> payload)
    {
        // Sequence numbers wrap: the difference as a signed number is the place. Where no packet says which byte is the first,
        // it is the lowest that was seen, in whatever order they came.
        int at = HasStart ? unchecked((int)(sequence - _first)) : 0;
        if (!HasStart || (at < 0 && !_certain))
        {
            MoveStart(sequence);
            at = 0;
        }

        if (at < 0)
        {
            if ((long)at + payload.Length <= 0)
            {
                return;
            }

            payload = payload[-at..];
            at = 0;
        }

        _bytes.Add(at, payload);
    }

    private void MoveStart(uint sequence)
    {
        if (HasStart)
        {
            _bytes.Shift(unchecked((int)(_first - sequence)));
        }

        _first = sequence;
        HasStart = true;
    }
}
