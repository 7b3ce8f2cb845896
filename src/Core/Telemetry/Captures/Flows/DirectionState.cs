using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>What is gathered of one direction of a flow while the capture is read.</summary>
internal sealed class DirectionState
{
    /// <summary>Datagrams kept: what recognition over several of them needs.</summary>
    private const int MaxDatagrams = 10;

    /// <summary>Lengths of messages kept: enough to show a block cipher's multiple.</summary>
    private const int MaxLengths = 64;

    /// <summary>Longest datagram kept, bytes.</summary>
    private const int MaxDatagramBytes = 2048;

    private readonly List<ReadOnlyMemory<byte>> _datagrams = [];
    private readonly List<int> _lengths = [];
    private FirstBytesBuffer? _stream;
    private ByteRanges _seen;
    private uint? _acknowledged;

    /// <summary>Packets.</summary>
    public long Packets { get; private set; }

    /// <summary>Bytes of whole frames, as on the wire.</summary>
    public long FrameBytes { get; private set; }

    /// <summary>Bytes of payload on the wire, retransmissions left out.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>Whether the packet that starts this direction was captured, or one that names its sequence number.</summary>
    public bool StartSeen { get; private set; }

    /// <summary>Sequence number of the SYN this direction began with; null where none was seen.</summary>
    public uint? SynSequence { get; private set; }

    /// <summary>The lowest sequence number of its packets; null where it has none.</summary>
    public uint? LowestSequence { get; private set; }

    /// <summary>First bytes of a stream, as far as none is missing.</summary>
    public ReadOnlyMemory<byte> FirstBytes => _stream?.InOrder ?? default;

    /// <summary>Whether part of the first bytes is missing.</summary>
    public bool HasGap => _stream is { HasGap: true };

    /// <summary>Sequence number of the first byte; null where none is known.</summary>
    public uint? FirstSequence => _stream is { HasStart: true } stream ? stream.Start : null;

    /// <summary>
    /// Whether the sender spoke and nothing of it was captured: the other side has answered packets that are not there.
    /// </summary>
    /// <remarks>A FIN takes up one number, as a byte does.</remarks>
    public bool IsMissing => (Packets == 0 && _acknowledged is not null)
        || (PayloadBytes == 0 && StartSeen && FirstSequence is { } first && _acknowledged is { } had && unchecked((int)(had - first)) > 1);

    /// <summary>First datagrams.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Datagrams => _datagrams;

    /// <summary>Lengths of the first payloads, bytes.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Counts a packet.</summary>
    public void Count(int frameBytes)
    {
        Packets++;
        FrameBytes += frameBytes;
    }

    /// <summary>Says that this direction's first byte has a sequence number.</summary>
    public void Begin(uint firstByte, uint? syn)
    {
        StartSeen = true;
        SynSequence ??= syn;
        (_stream ??= new()).SetStart(firstByte);
    }

    /// <summary>Takes what the other side says that it has had of this one.</summary>
    public void Acknowledge(uint sequence)
    {
        _acknowledged = _acknowledged is { } known && unchecked((int)(sequence - known)) < 0 ? known : sequence;
    }

    /// <summary>Takes note of a stream's packet, whether it has payload or not.</summary>
    public void Pass(uint sequence) =>
        LowestSequence = LowestSequence is { } known && unchecked((int)(sequence - known)) > 0 ? known : sequence;

    /// <summary>Takes a stream's segment.</summary>
    public void AddSegment(in Segment segment)
    {
        if (segment.PayloadWire == 0)
        {
            return;
        }

        uint sequence = (segment.Flags & TcpFlags.Syn) != 0 ? segment.Sequence + 1 : segment.Sequence;
        long start = !_seen.Any ? sequence : _seen.End + unchecked((int)(sequence - (uint)_seen.End));
        long fresh = _seen.Add(start, start + segment.PayloadWire);
        PayloadBytes += fresh;
        if (fresh > 0 && _lengths.Count < MaxLengths)
        {
            _lengths.Add(segment.PayloadWire);
        }

        (_stream ??= new()).Add(sequence, segment.Payload);
    }

    /// <summary>Takes a datagram, or the payload of a packet without ports.</summary>
    public void AddDatagram(ReadOnlySpan<byte> payload, int wire)
    {
        PayloadBytes += wire;
        if (wire > 0 && _lengths.Count < MaxLengths)
        {
            _lengths.Add(wire);
        }

        if (!payload.IsEmpty && _datagrams.Count < MaxDatagrams)
        {
            _datagrams.Add(payload[..Math.Min(payload.Length, MaxDatagramBytes)].ToArray());
        }
    }

    /// <summary>Says that the flow began within the capture, for protocols without a start of their own.</summary>
    public void BeginQuietly() => StartSeen = true;
}
