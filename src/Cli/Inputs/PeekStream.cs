namespace CipherWatch.Cli.Inputs;

/// <summary>A forward-only stream whose first bytes can be looked at before they are read. Does not own the stream behind.</summary>
internal sealed class PeekStream(Stream source) : ForwardStream
{
    private byte[] _head = [];
    private int _at;

    /// <summary>
    /// The first bytes, as many as asked for unless the stream ends before. Call before the first read; a second call may ask for more.
    /// </summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        byte[] head = new byte[Math.Max(count, _head.Length)];
        _head.CopyTo(head, 0);
        int length = source.ReadAtLeast(head.AsSpan(_head.Length), head.Length - _head.Length, throwOnEndOfStream: false);
        _head = head[..(_head.Length + length)];
        return _head;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _head.Length)
        {
            return source.Read(buffer);
        }

        int length = Math.Min(buffer.Length, _head.Length - _at);
        _head.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }
}
