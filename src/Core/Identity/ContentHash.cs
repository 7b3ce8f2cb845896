using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CipherWatch.Core.Identity;

/// <summary>Builds a 128-bit content hash from fields: the first half of SHA-256 over the fields, each with its length before it.</summary>
/// <remarks>Lengths keep <c>("ab","c")</c> and <c>("a","bc")</c> apart; an absent field differs from an empty one.</remarks>
public ref struct ContentHash
{
    private const int Absent = -1;
    private byte[]? _rented;
    private Span<byte> _buffer;
    private int _length;

    /// <summary>Starts a hash in the caller's scratch space; longer input moves to a pooled array.</summary>
    public ContentHash(Span<byte> scratch)
    {
        _buffer = scratch;
    }

    /// <summary>Adds a text field, lower-cased where the field's case carries no meaning.</summary>
    public void Add(string? text, bool ignoreCase = false)
    {
        if (text is null)
        {
            Add(Absent);
            return;
        }

        string canonical = ignoreCase ? text.ToLowerInvariant() : text;
        int size = Encoding.UTF8.GetByteCount(canonical);
        Add(size);
        Encoding.UTF8.GetBytes(canonical, Reserve(size));
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), number);

    /// <summary>Adds an address.</summary>
    public void Add(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        int size = address.CopyTo(bytes);
        Add(size);
        bytes[..size].CopyTo(Reserve(size));
    }

    /// <summary>Adds raw bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>The hash of all that was added. Call once; the builder is done with afterwards.</summary>
    public UInt128 Finish()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer[.._length], digest);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }

        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    private Span<byte> Reserve(int size)
    {
        if (_length + size > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + size));
            _buffer[.._length].CopyTo(larger);
            if (_rented is not null)
            {
                ArrayPool<byte>.Shared.Return(_rented);
            }

            _rented = larger;
            _buffer = larger;
        }

        Span<byte> place = _buffer.Slice(_length, size);
        _length += size;
        return place;
    }
}
