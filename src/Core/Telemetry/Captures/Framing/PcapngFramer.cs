using System.Buffers.Binary;
using CipherWatch.Core.Telemetry.Captures.Flows;

namespace CipherWatch.Core.Telemetry.Captures.Framing;

/// <summary>The block format: sections of either byte order, interfaces with clocks of their own, packets that name theirs.</summary>
internal sealed class PcapngFramer : ICaptureFramer
{
    /// <summary>The first four bytes of every such file, the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0a0d0d0a;

    private const int BlockHeaderBytes = 8;
    private const int MinBlockBytes = 12;
    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;

    /// <summary>Longest block that is believed.</summary>
    private const uint MaxBlockBytes = 128u << 20;

    private readonly List<PcapngInterface> _interfaces = [];
    private bool _bigEndian;

    /// <inheritdoc/>
    public CaptureFrame Next(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length < MinBlockBytes)
        {
            return CaptureFrame.NeedMore;
        }

        if (U32(buffer) == SectionHeader)
        {
            uint magic = BinaryPrimitives.ReadUInt32BigEndian(buffer[8..]);
            if (magic != ByteOrderMagic && BinaryPrimitives.ReverseEndianness(magic) != ByteOrderMagic)
            {
                return CaptureFrame.Broken;
            }

            _bigEndian = magic == ByteOrderMagic;
            _interfaces.Clear();
        }
        else if (CaptureHeaders.IsAtStart(buffer))
        {
            return CaptureFrame.Capture;
        }

        uint length = U32(buffer[4..]);
        if (length is < MinBlockBytes or > MaxBlockBytes || length % 4 != 0)
        {
            return CaptureFrame.Broken;
        }

        if (buffer.Length < length)
        {
            return CaptureFrame.NeedMore;
        }

        int total = (int)length;
        ReadOnlySpan<byte> body = buffer[BlockHeaderBytes..(total - 4)];
        switch (U32(buffer))
        {
            case SectionHeader:
                return new(CaptureFrameKind.Section, total);
            case InterfaceDescription when body.Length >= 8:
                _interfaces.Add(PcapngInterface.Read(body, _bigEndian));
                break;
            case EnhancedPacket when body.Length >= 20:
                return Packet(total, U32(body), U32(body[4..]), U32(body[8..]), U32(body[12..]), U32(body[16..]), 20, body.Length);
            case ObsoletePacket when body.Length >= 20:
                return Packet(total, U16(body), U32(body[4..]), U32(body[8..]), U32(body[12..]), U32(body[16..]), 20, body.Length);
            case SimplePacket when body.Length >= 4:
                uint wire = U32(body);
                CaptureFrame simple = Packet(total, 0, 0, 0, Math.Min(wire, (uint)(body.Length - 4)), wire, 4, body.Length);

                // It has no time, and none is better than 1970.
                return simple with { Ticks = CaptureTime.Unknown };
        }

        return new(CaptureFrameKind.Other, total);
    }

    private CaptureFrame Packet(int total, uint index, uint high, uint low, uint captured, uint wire, int offset, int body)
    {
        // A packet of an interface that was not described, or longer than its block, is passed over; the next block still stands.
        if (index >= _interfaces.Count || captured > body - offset)
        {
            return new(CaptureFrameKind.Undescribed, total);
        }

        PcapngInterface source = _interfaces[(int)index];
        return new(
            CaptureFrameKind.Packet, total, BlockHeaderBytes + offset, (int)captured, (int)Math.Min(Math.Max(wire, captured), int.MaxValue),
            source.Ticks(((ulong)high << 32) | low), source.Link);
    }

    private uint U32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ushort U16(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
