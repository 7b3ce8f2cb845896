using System.Runtime.ExceptionServices;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Cli.Inputs;

/// <summary>A forward-only stream whose first bytes can be looked at before they are read. Does not own the stream behind.</summary>
internal sealed class PeekStream(Stream source) : ReadOnceStream
{
    private byte[] _head = [];
    private int _at;
    private ExceptionDispatchInfo? _failure;

    /// <summary>
    /// The first bytes, as many as asked for unless the stream ends before. Call before the first read; a second call may ask for more.
    /// </summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        byte[] head = new byte[Math.Max(count, _head.Length)];
        _head.CopyTo(head, 0);
        int length = _head.Length;
        while (length < head.Length && ReadOn(head.AsSpan(length)) is var read and > 0)
        {
            length += read;
        }

        _head = head[..length];
        return _head;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _head.Length)
        {
            _failure?.Throw();
            return source.Read(buffer);
        }

        int length = Math.Min(buffer.Length, _head.Length - _at);
        _head.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    /// <summary>Reads on; a stream that fails does so once its first bytes, which may be all there is, have been read.</summary>
    private int ReadOn(Span<byte> buffer)
    {
        try
        {
            return _failure is null ? source.Read(buffer) : 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            return 0;
        }
    }
}
