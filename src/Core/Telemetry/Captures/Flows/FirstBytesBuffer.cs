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

    private const int FirstSize = 512;

    /// <summary>Pieces that may wait behind a gap; a stream torn into more than this is not put together further.</summary>
    private const int MaxPieces = 16;

    private readonly List<(int Start, int End)> _pieces = [];
    private byte[] _bytes = [];
    private uint _first;

    /// <summary>Whether the sequence number of the first byte is known.</summary>
    public bool HasStart { get; private set; }

    /// <summary>Sequence number of the first byte.</summary>
    public uint Start => _first;

    /// <summary>The bytes from the first on, as far as none is missing.</summary>
    public ReadOnlyMemory<byte> InOrder => _pieces.Count > 0 && _pieces[0].Start == 0 ? _bytes.AsMemory(0, _pieces[0].End) : default;

    /// <summary>Whether bytes were kept behind a gap.</summary>
    public bool HasGap => _pieces.Count > 1 || (_pieces.Count == 1 && _pieces[0].Start > 0);

    /// <summary>Says where the stream begins.</summary>
    public void SetStart(uint sequence)
    {
        if (!HasStart)
        {
            _first = sequence;
            HasStart = true;
        }
    }

    /// <summary>Takes a segment's payload.</summary>
    public void Add(uint sequence, ReadOnlySpan<byte> payload)
    {
        SetStart(sequence);

        // Sequence numbers wrap: the difference as a signed number is the place.
        int at = unchecked((int)(sequence - _first));
        if (at < 0)
        {
            if ((long)at + payload.Length <= 0)
            {
                return;
            }

            payload = payload[-at..];
            at = 0;
        }

        if (at >= MaxBytes || payload.IsEmpty)
        {
            return;
        }

        payload = payload[..Math.Min(payload.Length, MaxBytes - at)];
        Keep(at, payload);
    }

    private void Keep(int at, ReadOnlySpan<byte> payload)
    {
        int end = at + payload.Length;
        int place = 0;
        while (place < _pieces.Count && _pieces[place].End < at)
        {
            place++;
        }

        if ((place == _pieces.Count || _pieces[place].Start > end) && _pieces.Count == MaxPieces)
        {
            return;
        }

        Grow(end);

        // What was there first stays: copy only into the holes.
        int from = at;
        int merged = place;
        int start = at;
        int last = end;
        while (merged < _pieces.Count && _pieces[merged].Start <= end)
        {
            (int pieceStart, int pieceEnd) = _pieces[merged];
            if (pieceStart > from)
            {
                payload[(from - at)..(pieceStart - at)].CopyTo(_bytes.AsSpan(from));
            }

            from = Math.Max(from, pieceEnd);
            start = Math.Min(start, pieceStart);
            last = Math.Max(last, pieceEnd);
            merged++;
        }

        if (from < end)
        {
            payload[(from - at)..].CopyTo(_bytes.AsSpan(from));
        }

        _pieces.RemoveRange(place, merged - place);
        _pieces.Insert(place, (start, last));
    }

    private void Grow(int size)
    {
        if (size > _bytes.Length)
        {
            int larger = Math.Max(FirstSize, _bytes.Length * 2);
            while (larger < size)
            {
                larger *= 2;
            }

            Array.Resize(ref _bytes, larger);
        }
    }
}
