using System.Buffers;
using System.Buffers.Binary;
using CipherWatch.Core.Telemetry.Captures.Flows;
using CipherWatch.Core.Telemetry.Captures.Framing;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>
/// Bytes of a capture that could not be read; packets of a link type as a capture of their own, which says what they are.
/// </summary>
/// <param name="Reason">Why, for a person.</param>
/// <param name="Offset">Where the first of them stood in the capture.</param>
/// <param name="Part">Zero-based part, where they are too many to be held at once.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record CaptureRemainder(string Reason, long Offset, int Part, ReadOnlyMemory<byte> Bytes);

/// <summary>Keeps packets whose link type is not read, as captures of their own, one link type each.</summary>
internal sealed class UnreadPackets(Action<CaptureRemainder> left)
{
    /// <summary>Length of the parts in which they are handed on, bytes.</summary>
    public const int MaxPartBytes = 1 << 20;

    private readonly SortedDictionary<int, Part> _parts = [];

    /// <summary>Packets that were kept.</summary>
    public long Packets { get; private set; }

    /// <summary>Keeps one packet.</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="header">Its time, lengths and link type.</param>
    /// <param name="offset">Where it stood in the capture.</param>
    public void Add(ReadOnlySpan<byte> frame, in CaptureFrame header, long offset)
    {
        if (!_parts.TryGetValue(header.Link, out Part? part))
        {
            _parts[header.Link] = part = new(header.Link);
        }

        part.Add(frame, header, offset);
        Packets++;
        if (part.Length >= MaxPartBytes)
        {
            left(part.Take());
        }
    }

    /// <summary>Hands on what is left.</summary>
    public void Finish()
    {
        foreach (Part part in _parts.Values.Where(part => part.Length > 0))
        {
            left(part.Take());
        }
    }

    private sealed class Part(int link)
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private readonly string _reason =
            $"Packets of {new UnreadLayer(UnreadKind.Link, link)}, which is not read: no flow of theirs is known. "
            + "Capture on a network interface, or convert the file to Ethernet or raw IP.";

        private long _offset;
        private int _number;

        public int Length => _bytes.WrittenCount;

        public void Add(ReadOnlySpan<byte> frame, in CaptureFrame header, long offset)
        {
            const uint Nanoseconds = 0xa1b23c4d, Version = 0x0004_0002, MaxLength = 0x0004_0000;
            Span<byte> words = stackalloc byte[PcapFramer.HeaderBytes];
            if (_bytes.WrittenCount == 0)
            {
                _offset = offset;
                words.Clear();
                BinaryPrimitives.WriteUInt32LittleEndian(words, Nanoseconds);
                BinaryPrimitives.WriteUInt32LittleEndian(words[4..], Version);
                BinaryPrimitives.WriteUInt32LittleEndian(words[16..], MaxLength);
                BinaryPrimitives.WriteInt32LittleEndian(words[20..], link);
                _bytes.Write(words);
            }

            long ticks = header.Ticks == CaptureTime.Unknown ? 0 : header.Ticks;
            BinaryPrimitives.WriteUInt32LittleEndian(words, (uint)(ticks / TimeSpan.TicksPerSecond));
            BinaryPrimitives.WriteUInt32LittleEndian(words[4..], (uint)(ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
            BinaryPrimitives.WriteInt32LittleEndian(words[8..], frame.Length);
            BinaryPrimitives.WriteInt32LittleEndian(words[12..], header.Wire);
            _bytes.Write(words[..16]);
            _bytes.Write(frame);
        }

        public CaptureRemainder Take()
        {
            CaptureRemainder taken = new(_reason, _offset, _number++, _bytes.WrittenSpan.ToArray());
            _bytes.ResetWrittenCount();
            return taken;
        }
    }
}
