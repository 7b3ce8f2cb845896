using System.Buffers.Binary;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// Packs what there is most of in a state: ids and times. Written in JSON as base64, because the same as text would take a state
/// three times over its bound.
/// </summary>
/// <remarks>Numbers are little-endian base-128, signed ones zigzag; a time is its difference to the one before, and its clock.</remarks>
internal ref struct FactWriter
{
    private const int FirstBytes = 512;
    private byte[] _bytes = new byte[FirstBytes];
    private int _length;
    private long _time;

    public FactWriter()
    {
    }

    /// <summary>All that was written.</summary>
    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Writes a number that is not negative.</summary>
    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>Writes a number of either sign.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes an id.</summary>
    public void Id(ObservationId id) => BinaryPrimitives.WriteUInt128LittleEndian(Reserve(16), id.Value);

    /// <summary>Writes eight bytes that do not shrink: a hash.</summary>
    public void Hash(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    /// <summary>Writes four bytes that do not shrink: a short hash.</summary>
    public void ShortHash(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    /// <summary>Writes an observation and its time.</summary>
    public void Sighting(Sighting sighting)
    {
        Id(sighting.Id);
        Moment(sighting.Time);
    }

    /// <summary>Writes a time and its clock.</summary>
    public void Moment(FactTime time)
    {
        Number((ulong)time.Clock);
        Signed(time.Ms - _time);
        _time = time.Ms;
    }

    /// <summary>Writes an address: its length, then its bytes.</summary>
    public void Address(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        int size = address.CopyTo(bytes);
        Number((ulong)size);
        bytes[..size].CopyTo(Reserve(size));
    }

    /// <summary>Writes a moment, whole milliseconds.</summary>
    public void Time(DateTimeOffset time)
    {
        long ms = time.ToUnixTimeMilliseconds();
        Signed(ms - _time);
        _time = ms;
    }

    /// <summary>Writes a short text.</summary>
    public void Text(string text)
    {
        int size = System.Text.Encoding.UTF8.GetByteCount(text);
        Number((ulong)size);
        System.Text.Encoding.UTF8.GetBytes(text, Reserve(size));
    }

    private void Byte(byte value) => Reserve(1)[0] = value;

    private Span<byte> Reserve(int size)
    {
        if (_length + size > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        }

        Span<byte> place = _bytes.AsSpan(_length, size);
        _length += size;
        return place;
    }
}

/// <summary>Reads what <see cref="FactWriter"/> wrote.</summary>
/// <exception cref="System.Text.Json.JsonException">From every member: the bytes end early or hold what was never written.</exception>
internal ref struct FactReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxShift = 63;
    private ReadOnlySpan<byte> _rest = bytes;
    private long _time;

    /// <summary>Reads a number that is not negative.</summary>
    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift <= MaxShift; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }

    /// <summary>Reads a number of either sign.</summary>
    public long Signed()
    {
        ulong value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads a number that fits an <see cref="int"/>.</summary>
    public int Int() => Signed() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Broken();

    /// <summary>Reads how many follow; each takes at least a byte, so that a broken length allocates nothing.</summary>
    public int Count() => Number() is var count && count <= (ulong)_rest.Length ? (int)count : throw Broken();

    /// <summary>Reads one of an enumeration's values.</summary>
    public int OneOf(int values) => Number() is var value && value < (ulong)values ? (int)value : throw Broken();

    /// <summary>Reads an id.</summary>
    public ObservationId Id() => new(BinaryPrimitives.ReadUInt128LittleEndian(Take(16)));

    /// <summary>Reads eight bytes.</summary>
    public ulong Hash() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads four bytes.</summary>
    public uint ShortHash() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads an observation and its time.</summary>
    public Sighting Sighting() => new(Id(), Moment());

    /// <summary>Reads a time and its clock.</summary>
    public FactTime Moment()
    {
        const int Clocks = (int)FactClock.ConnectionEvent + 1;
        FactClock clock = (FactClock)OneOf(Clocks);
        _time += Signed();
        return new(clock, _time);
    }

    /// <summary>Reads an address.</summary>
    public IpAddress Address()
    {
        const int V4 = 4;
        const int V6 = 16;
        int size = OneOf(V6 + 1);
        return size is V4 or V6 ? IpAddress.FromBytes(Take(size)) : throw Broken();
    }

    /// <summary>Reads a port.</summary>
    public ushort Port() => (ushort)OneOf(ushort.MaxValue + 1);

    /// <summary>Reads a protocol number.</summary>
    public byte Protocol() => (byte)OneOf(byte.MaxValue + 1);

    /// <summary>Reads a moment.</summary>
    public DateTimeOffset Time()
    {
        const long First = -62_135_596_800_000;
        const long Last = 253_402_300_799_999;
        _time += Signed();
        return _time is >= First and <= Last ? DateTimeOffset.FromUnixTimeMilliseconds(_time) : throw Broken();
    }

    /// <summary>Reads a short text.</summary>
    public string Text() => System.Text.Encoding.UTF8.GetString(Take(Count()));

    /// <summary>What to throw where bytes make no sense.</summary>
    public static System.Text.Json.JsonException Broken() => new("Packed facts are cut short or hold an impossible value.");

    private ReadOnlySpan<byte> Take(int size)
    {
        if (_rest.Length < size)
        {
            throw Broken();
        }

        ReadOnlySpan<byte> taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }
}
