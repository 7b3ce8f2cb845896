namespace CipherWatch.Core.Ingestion;

/// <summary>A stream whose first bytes have been read already, whole again. Does not own the stream behind.</summary>
internal sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest) : ReadOnceStream
{
    private int _at;

    /// <summary>Whether the first bytes are zeros, or none.</summary>
    public bool IsPadding => !head.Span.ContainsAnyExcept((byte)0);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_at == head.Length)
        {
            return rest.Read(buffer);
        }

        int length = Math.Min(buffer.Length, head.Length - _at);
        head.Span.Slice(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }
}
