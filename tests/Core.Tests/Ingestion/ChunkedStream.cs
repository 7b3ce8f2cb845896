namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>Gives its bytes in pieces of the given sizes, over and over, and then ends or fails.</summary>
internal sealed class ChunkedStream(byte[] bytes, int[] sizes, Exception? failure = null) : Stream
{
    private int _at;
    private int _turn;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == bytes.Length && failure is not null)
        {
            throw failure;
        }

        int length = Math.Min(Math.Min(count, sizes[_turn++ % sizes.Length]), bytes.Length - _at);
        bytes.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
        _at += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
