namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>Bytes put in their places as they come, in any order. What was there first stays.</summary>
/// <param name="maxBytes">Bytes kept: what belongs behind them is dropped.</param>
/// <param name="maxPieces">Pieces that may stand apart; what would make more is dropped.</param>
internal sealed class PieceBuffer(int maxBytes, int maxPieces)
{
    private const int FirstSize = 512;

    private readonly List<(int Start, int End)> _pieces = [];
    private byte[] _bytes = [];

    /// <summary>The bytes from place 0 on, as far as none is missing.</summary>
    public ReadOnlyMemory<byte> InOrder => _pieces.Count > 0 && _pieces[0].Start == 0 ? _bytes.AsMemory(0, _pieces[0].End) : default;

    /// <summary>Whether bytes are kept behind a gap.</summary>
    public bool HasGap => _pieces.Count > 1 || (_pieces.Count == 1 && _pieces[0].Start > 0);

    /// <summary>Memory taken, bytes.</summary>
    public int Size => _bytes.Length;

    /// <summary>Puts bytes at a place that is not negative.</summary>
    public void Add(int at, ReadOnlySpan<byte> payload)
    {
        if (at >= maxBytes || payload.IsEmpty)
        {
            return;
        }

        payload = payload[..Math.Min(payload.Length, maxBytes - at)];
        Keep(at, payload);
    }

    /// <summary>Moves all that is kept: what was at 0 is at the place now. What falls off either end is dropped.</summary>
    public void Shift(long by)
    {
        if (by == 0 || _pieces.Count == 0)
        {
            return;
        }

        (int Start, int End)[] pieces = [.. _pieces];
        byte[] bytes = _bytes;
        _pieces.Clear();
        _bytes = [];
        foreach ((int start, int end) in pieces)
        {
            long moved = start + by;
            int drop = (int)Math.Clamp(-moved, 0, end - start);
            if (moved + drop < maxBytes)
            {
                Add((int)(moved + drop), bytes.AsSpan(start + drop, end - start - drop));
            }
        }
    }

    private void Keep(int at, ReadOnlySpan<byte> payload)
    {
        int end = at + payload.Length;
        int place = 0;
        while (place < _pieces.Count && _pieces[place].End < at)
        {
            place++;
        }

        if ((place == _pieces.Count || _pieces[place].Start > end) && _pieces.Count == maxPieces)
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
