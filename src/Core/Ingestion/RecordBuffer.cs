using System.Buffers;

namespace CipherWatch.Core.Ingestion;

/// <summary>A growing pooled buffer between a stream and the record reader: filled behind, used up in front.</summary>
internal sealed class RecordBuffer(int firstBytes, int maxBytes) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(firstBytes, maxBytes));
    private int _held;

    /// <summary>The bytes that are not used up.</summary>
    public ReadOnlySpan<byte> Held => _bytes.AsSpan(0, _held);

    /// <summary>Whether it holds as much as it may: a record that still does not end is too long.</summary>
    public bool IsFull => _held >= maxBytes;

    /// <summary>
    /// Reads behind what is held, at least once and until as many bytes are held as wanted; false at the stream's end. Never
    /// holds more than it may, however large an array the pool lends.
    /// </summary>
    public bool Fill(Stream stream, int wanted)
    {
        do
        {
            if (_held == _bytes.Length)
            {
                Grow();
            }

            int read = stream.Read(_bytes, _held, Math.Min(_bytes.Length, maxBytes) - _held);
            if (read == 0)
            {
                return false;
            }

            _held += read;
        }
        while (_held < Math.Min(wanted, maxBytes));
        return true;
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

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_bytes.Length * 2L, maxBytes));
        Held.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
