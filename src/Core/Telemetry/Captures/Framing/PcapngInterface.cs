using System.Buffers.Binary;
using CipherWatch.Core.Telemetry.Captures.Flows;

namespace CipherWatch.Core.Telemetry.Captures.Framing;

/// <summary>An interface of a pcapng section: its link type and its clock.</summary>
/// <param name="Link">Link type.</param>
/// <param name="UnitsPerSecond">Units of its clock in a second; one million where it does not say.</param>
/// <param name="OffsetSeconds">Seconds to be added to its times.</param>
internal readonly record struct PcapngInterface(int Link, ulong UnitsPerSecond, long OffsetSeconds)
{
    private const int TimestampResolution = 9;
    private const int TimestampOffset = 14;
    private const int OptionHeaderBytes = 4;

    /// <summary>Largest exponents of a resolution that 64 bits hold.</summary>
    private const int MaxPowerOfTen = 19;
    private const int MaxPowerOfTwo = 63;

    /// <summary>Reads an interface description.</summary>
    public static PcapngInterface Read(ReadOnlySpan<byte> body, bool bigEndian)
    {
        ulong units = 1_000_000;
        long offset = 0;
        ReadOnlySpan<byte> options = body[8..];
        while (options.Length >= OptionHeaderBytes)
        {
            int code = U16(options, bigEndian);
            int length = U16(options[2..], bigEndian);
            int padded = OptionHeaderBytes + ((length + 3) & ~3);
            if (code == 0 || padded > options.Length)
            {
                break;
            }

            ReadOnlySpan<byte> value = options.Slice(OptionHeaderBytes, length);
            units = code == TimestampResolution && length >= 1 ? Units(value[0]) ?? units : units;
            offset = code == TimestampOffset && length >= sizeof(long)
                ? bigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value)
                : offset;
            options = options[padded..];
        }

        return new(U16(body, bigEndian), units, offset);
    }

    /// <summary>A time of this clock as ticks since the Unix epoch; unknown where that is zero or off the calendar.</summary>
    public long Ticks(ulong time)
    {
        UInt128 ticks = (UInt128)time * TimeSpan.TicksPerSecond / UnitsPerSecond;
        Int128 whole = (Int128)ticks + ((Int128)OffsetSeconds * TimeSpan.TicksPerSecond);
        return whole > 0 && whole <= DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks ? (long)whole : CaptureTime.Unknown;
    }

    private static ulong? Units(byte resolution)
    {
        // The highest bit says whether the rest is an exponent of two or of ten.
        int exponent = resolution & 0x7f;
        if ((resolution & 0x80) != 0)
        {
            return exponent <= MaxPowerOfTwo ? 1UL << exponent : null;
        }

        ulong units = 1;
        for (int power = 0; power < exponent && exponent <= MaxPowerOfTen; power++)
        {
            units *= 10;
        }

        return exponent <= MaxPowerOfTen ? units : null;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
