using System.Buffers.Binary;
using CipherWatch.Core.Telemetry.Captures.Flows;

namespace CipherWatch.Core.Telemetry.Captures.Framing;

/// <summary>The classic capture format: one header, then packets, each with its time and lengths.</summary>
internal sealed class PcapFramer : ICaptureFramer
{
    /// <summary>Length of the file's header, bytes.</summary>
    public const int HeaderBytes = 24;

    private const int PacketHeaderBytes = 16;

    /// <summary>A patched format of old Linux distributions has eight bytes more a packet.</summary>
    private const int PatchedHeaderBytes = 24;

    /// <summary>Longest packet that is believed: libpcap's own limit for any link type.</summary>
    private const int MaxPacketBytes = 128 << 20;

    private readonly bool _bigEndian;
    private readonly bool _nanoseconds;
    private readonly int _packetHeader;
    private readonly int _link;

    private PcapFramer(bool bigEndian, bool nanoseconds, bool patched, int link)
    {
        _bigEndian = bigEndian;
        _nanoseconds = nanoseconds;
        _packetHeader = patched ? PatchedHeaderBytes : PacketHeaderBytes;
        _link = link;
    }

    /// <summary>Reads the header; null where it is none.</summary>
    /// <param name="header">At least <see cref="HeaderBytes"/> bytes.</param>
    public static PcapFramer? Open(ReadOnlySpan<byte> header)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(header);
        (bool known, bool big, bool nano, bool patched) = magic switch
        {
            0xa1b2c3d4 => (true, false, false, false),
            0xd4c3b2a1 => (true, true, false, false),
            0xa1b23c4d => (true, false, true, false),
            0x4d3cb2a1 => (true, true, true, false),
            0xa1b2cd34 => (true, false, false, true),
            0x34cdb2a1 => (true, true, false, true),
            _ => default,
        };

        // The upper bits of the link type tell of frame check sequences.
        const uint LinkMask = 0xffff;
        return known ? new(big, nano, patched, (int)(U32(header[20..], big) & LinkMask)) : null;
    }

    /// <inheritdoc/>
    public CaptureFrame Next(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length < _packetHeader)
        {
            return CaptureFrame.NeedMore;
        }

        if (CaptureHeaders.IsAtStart(buffer))
        {
            return CaptureFrame.Capture;
        }

        uint captured = U32(buffer[8..], _bigEndian);
        uint wire = U32(buffer[12..], _bigEndian);
        if (captured > MaxPacketBytes)
        {
            return CaptureFrame.Broken;
        }

        int total = _packetHeader + (int)captured;
        if (buffer.Length < total)
        {
            return CaptureFrame.NeedMore;
        }

        long fraction = U32(buffer[4..], _bigEndian);
        long seconds = U32(buffer, _bigEndian);
        long ticks = seconds == 0 && fraction == 0 ? CaptureTime.Unknown : (seconds * TimeSpan.TicksPerSecond)
            + (_nanoseconds ? fraction / TimeSpan.NanosecondsPerTick : fraction * TimeSpan.TicksPerMicrosecond);
        int onWire = (int)Math.Min(Math.Max(wire, captured), int.MaxValue);
        return new(CaptureFrameKind.Packet, total, _packetHeader, (int)captured, onWire, ticks, _link);
    }

    private static uint U32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
