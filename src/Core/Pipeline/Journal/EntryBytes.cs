using System.Buffers.Binary;
using System.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Journal;

/// <summary>Writes the parts of a journal entry, little-endian.</summary>
internal ref struct EntryWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public int Length { get; private set; }

    public void Byte(byte value) => _bytes[Length++] = value;

    public void Number(long value, int size)
    {
        for (int index = 0; index < size; index++)
        {
            Byte((byte)(value >> (8 * index)));
        }
    }

    public void Id(ObservationId id)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(_bytes[Length..], id.Value);
        Length += 16;
    }

    /// <summary>An address; one of the fourth version beside one of the sixth in its mapped form.</summary>
    public void Address(IpAddress address, bool v6)
    {
        Span<byte> place = _bytes.Slice(Length, v6 ? 16 : 4);
        if (v6 && address.IsV4)
        {
            place[..10].Clear();
            place[10..12].Fill(0xff);
            address.CopyTo(place[12..]);
        }
        else
        {
            address.CopyTo(place);
        }

        Length += place.Length;
    }

    public void Text(string? text)
    {
        if (text is not null)
        {
            int size = Encoding.UTF8.GetBytes(text, _bytes[(Length + 1)..]);
            _bytes[Length] = (byte)size;
            Length += 1 + size;
        }
    }
}

/// <summary>Reads the parts of a journal entry, in the order in which they were written.</summary>
internal ref struct EntryReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Byte()
    {
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long Number(int size)
    {
        long value = 0;
        for (int index = 0; index < size; index++)
        {
            value |= (long)Byte() << (8 * index);
        }

        // Sign of the width that was written.
        int unused = 64 - (8 * size);
        return size == sizeof(ushort) ? value : value << unused >> unused;
    }

    public ObservationId Id()
    {
        ObservationId id = new(BinaryPrimitives.ReadUInt128LittleEndian(_rest));
        _rest = _rest[16..];
        return id;
    }

    public IpAddress Address(bool v6)
    {
        IpAddress address = IpAddress.FromBytes(_rest[..(v6 ? 16 : 4)]);
        _rest = _rest[(v6 ? 16 : 4)..];
        return address;
    }

    public string Text()
    {
        int size = Byte();
        string text = Encoding.UTF8.GetString(_rest[..size]);
        _rest = _rest[size..];
        return text;
    }
}
