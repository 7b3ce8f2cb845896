using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Captures.Framing;

/// <summary>Tells a capture's header where a packet could stand too: files that were put together with <c>cat</c> have several.</summary>
internal static class CaptureHeaders
{
    /// <summary>Bytes that tell.</summary>
    public const int Bytes = 16;

    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const int Major = 2;

    /// <summary>
    /// Whether a capture's header starts here: its magic, and the version, zone and accuracy that every pcap file has, or the
    /// byte order of a pcapng section. A packet with such a time would be of 2055 and have no bytes.
    /// </summary>
    public static bool IsAtStart(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes)
        {
            return false;
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        uint order = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return magic switch
        {
            PcapngFramer.SectionHeader => order == ByteOrderMagic || BinaryPrimitives.ReverseEndianness(order) == ByteOrderMagic,
            0xa1b2c3d4 or 0xa1b23c4d or 0xa1b2cd34 =>
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) == Major && !bytes[8..Bytes].ContainsAnyExcept((byte)0),
            0xd4c3b2a1 or 0x4d3cb2a1 or 0x34cdb2a1 =>
                BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) == Major && !bytes[8..Bytes].ContainsAnyExcept((byte)0),
            _ => false,
        };
    }
}
