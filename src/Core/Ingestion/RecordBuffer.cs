using System.Buffers;

namespace CipherWatch.Core.Ingestion;

/// <summary>A growing pooled buffer between a stream and the record reader: filled behind, used up in front.</summary>
internal sealed class RecordBuffer(int firstBytes, int maxBytes) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(firstBytes);
    private int _held;

    /// <summary>The bytes that are not used up.</summary>
    public ReadOnlySpan<byte> Held => _bytes.AsSpan(0, _held);

    /// <summary>Whether it holds as much as it may: a record that still does not end is too long.</summary>
    public bool IsFull => _held >= maxBytes;

    /// <summary>Reads once from the stream behind what is held; false at the stream's end.</summary>
    public bool Fill(Stream stream, out int read)
    {
        if (_held == _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_bytes.Length * 2L, Math.Max(maxBytes, _held + 1L)));
            Held.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        read = stream.Read(_bytes, _held, _bytes.Length - _held);
        _held += read;
        return read > 0;
    }

    /// <summary>Drops bytes from the front.</summary>
    public void Used(int count)
    {
        _bytes.AsSpan(count, _held - count).CopyTo(_bytes);
        _held -= count;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _held = 0;
    }
}
