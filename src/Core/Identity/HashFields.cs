using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CipherWatch.Core.Identity;

/// <summary>
/// Fields written one after the other, each with its length before it: the bytes that <see cref="ContentHash"/> and <see
/// cref="ObservationHash"/> hash.
/// </summary>
/// <remarks>Lengths keep <c>("ab","c")</c> and <c>("a","bc")</c> apart; an absent field differs from an empty one.</remarks>
internal ref struct HashFields(Span<byte> scratch)
{
    private const int Absent = -1;

    /// <summary>UTF-8 bytes that one UTF-16 unit takes at most.</summary>
    private const int MaxUtf8 = 3;

    /// <summary>Longest text that is lower-cased without allocating, characters.</summary>
    private const int ShortText = 256;

    private byte[]? _rented;
    private Span<byte> _buffer = scratch;
    private int _length;

    /// <summary>All that was added.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <inheritdoc cref="ContentHash.Add(string?, bool)"/>
    public void Add(string? text, bool ignoreCase)
    {
        if (text is null)
        {
            Add(Absent);
            return;
        }

        if (!ignoreCase)
        {
            AddText(text);
            return;
        }

        Span<char> lower = text.Length <= ShortText ? stackalloc char[ShortText] : new char[text.Length];
        AddText(lower[..text.AsSpan().ToLowerInvariant(lower)]);
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), number);

    /// <summary>Adds an address.</summary>
    public void Add(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        Add(bytes[..address.CopyTo(bytes)]);
    }

    /// <summary>Adds raw bytes.</summary>
    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Gives pooled memory back; nothing may be added or read afterwards.</summary>
    public void Release()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }

    private void AddText(scoped ReadOnlySpan<char> text)
    {
        // The length is known once the text is written: room is reserved for the longest form, and what is left of it is given back.
        Span<byte> place = Reserve(sizeof(long) + (text.Length * MaxUtf8));
        int size = Encoding.UTF8.GetBytes(text, place[sizeof(long)..]);
        BinaryPrimitives.WriteInt64LittleEndian(place, size);
        _length -= (text.Length * MaxUtf8) - size;
    }

    private Span<byte> Reserve(int size)
    {
        if (_length + size > _buffer.Length)
        {
            Grow(size);
        }

        Span<byte> place = _buffer.Slice(_length, size);
        _length += size;
        return place;
    }

    private void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + size));
        Written.CopyTo(larger);
        Release();
        _rented = larger;
        _buffer = larger;
    }
}
