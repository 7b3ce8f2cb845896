namespace CipherWatch.Cli.Inputs;

/// <summary>A forward-only stream whose first bytes can be looked at before they are read. Does not own the stream behind.</summary>
internal sealed class PeekStream(Stream source) : ForwardStream
{
    private byte[] _head = [];
    private int _at;

    /// <summary>The first bytes, as many as asked for unless the stream ends before. Call before the first read.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        _head = new byte[count];
        int length = source.ReadAtLeast(_head, count, throwOnEndOfStream: false);
        _head = _head[..length];
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
