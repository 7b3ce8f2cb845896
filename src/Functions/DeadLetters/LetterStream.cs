using System.Buffers;
using System.Text.Json;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>Dead letters as a stream of lines that are written as they are read, one held at a time.</summary>
internal sealed class LetterStream(IReadOnlyList<KeptLetter> letters, bool withBytes = true) : Stream
{
    private ArrayBufferWriter<byte> _line = new();
    private int _next;
    private int _at;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_at == _line.WrittenCount && !MoveNext())
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = _line.WrittenSpan[_at..];
        int length = Math.Min(rest.Length, buffer.Length);
        rest[..length].CopyTo(buffer);
        _at += length;
        return length;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool MoveNext()
    {
        const int KeptBytes = 4 << 20;
        _at = 0;
        if (_line.Capacity > KeptBytes)
        {
            _line = new();
        }

        _line.ResetWrittenCount();
        if (_next == letters.Count)
        {
            return false;
        }

        using (Utf8JsonWriter writer = new(_line, ObservationJson.Options))
        {
            LetterJson.Write(writer, letters[_next++], withBytes);
        }

        _line.Write("\n"u8);
        return true;
    }
}
