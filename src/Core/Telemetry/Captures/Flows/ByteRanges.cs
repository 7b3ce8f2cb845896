namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>Which bytes of a stream were seen, whatever their order: each counts once.</summary>
internal struct ByteRanges
{
    /// <summary>
    /// Ranges of a stream that are kept apart. Beyond, the hole between the first two counts as seen: what fills it later is taken to have
    /// come before, which counts too little and never too much.
    /// </summary>
    public const int MaxRanges = 64;

    // Nearly every stream is one range from its start to its end.
    private List<(long Start, long End)>? _several;
    private long _start;
    private long _end;
    private bool _any;

    /// <summary>Behind the last byte that was seen; 0 before the first.</summary>
    public readonly long End => _several is { } several ? several[^1].End : _end;

    /// <summary>The first byte that was seen.</summary>
    public readonly long Start => _several is { } several ? several[0].Start : _start;

    /// <summary>Behind the last byte of those that were seen from the first on without a hole.</summary>
    public readonly long First => _several is { } several ? several[0].End : _end;

    /// <summary>Whether any byte was seen.</summary>
    public readonly bool Any => _any;

    /// <summary>Adds bytes; returns how many of them were not seen before.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="maxRanges">Ranges that are kept apart.</param>
    public long Add(long start, long end, int maxRanges = MaxRanges)
    {
        if (!_any)
        {
            (_start, _end, _any) = (start, end, true);
            return end - start;
        }

        if (_several is null && start <= _end && end >= _start)
        {
            long known = Math.Min(end, _end) - Math.Max(start, _start);
            (_start, _end) = (Math.Min(start, _start), Math.Max(end, _end));
            return end - start - known;
        }

        return AddApart(start, end, maxRanges);
    }

    private long AddApart(long start, long end, int maxRanges)
    {
        _several ??= [(_start, _end)];
        int place = 0;
        while (place < _several.Count && _several[place].End < start)
        {
            place++;
        }

        long fresh = end - start;
        int last = place;
        (long mergedStart, long mergedEnd) = (start, end);
        while (last < _several.Count && _several[last].Start <= end)
        {
            (long otherStart, long otherEnd) = _several[last++];
            fresh -= Math.Min(end, otherEnd) - Math.Max(start, otherStart);
            (mergedStart, mergedEnd) = (Math.Min(mergedStart, otherStart), Math.Max(mergedEnd, otherEnd));
        }

        _several.RemoveRange(place, last - place);
        _several.Insert(place, (mergedStart, mergedEnd));
        if (_several.Count > maxRanges)
        {
            _several[0] = (_several[0].Start, _several[1].End);
            _several.RemoveAt(1);
        }

        if (_several.Count == 1)
        {
            (_start, _end) = _several[0];
            _several = null;
        }

        return fresh;
    }
}
