namespace CipherWatch.Core.Ingestion;

/// <summary>
/// Compressed bytes on their way to what decompresses them. Where it finds damage it can read them once more, if they are not too many;
/// and the block that it took last is known, for the damage is in there. Does not own the stream behind.
/// </summary>
internal sealed class CompressedStream(Stream source) : ReadOnceStream
{
    /// <summary>Bytes that are kept to be read once more.</summary>
    internal const int MaxKeptBytes = 16 << 20;

    // Blocks are of one length however the bytes arrive, so that what is kept of damaged content is the same.
    private const int BlockBytes = 4096;

    private readonly EndingStream _source = new(source);
    private readonly byte[] _block = new byte[BlockBytes];
    private MemoryStream? _kept = new();
    private int _length;
    private int _at;

    /// <summary>Bytes that were taken.</summary>
    public long End { get; private set; }

    /// <summary>Where the block that was taken last stands, bytes from the start.</summary>
    public long LastAt => End - _length;

    /// <summary>The block that was taken last, and all behind it.</summary>
    public Stream FromLast() => new HeadStream(_block.AsMemory(0, _length), _source);

    /// <summary>All that was taken, once more; null where that is more than is kept.</summary>
    public Stream? Again() => _kept is null ? null : new MemoryStream(_kept.GetBuffer(), 0, (int)_kept.Length, writable: false);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_at == _length && !Take())
        {
            return 0;
        }

        int length = Math.Min(buffer.Length, _length - _at);
        _block.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    private bool Take()
    {
        int length = _source.ReadAtLeast(_block, BlockBytes, throwOnEndOfStream: false);
        if (length == 0)
        {
            _source.ThrowIfFailed();
            return false;
        }

        (_length, _at) = (length, 0);
        End += length;
        _kept = End > MaxKeptBytes ? null : _kept;
        _kept?.Write(_block, 0, length);
        return true;
    }
}
