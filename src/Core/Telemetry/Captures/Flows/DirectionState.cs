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
    private uint _next;
    private bool _hasNext;

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

    /// <summary>First bytes of a stream, as far as none is missing.</summary>
    public ReadOnlyMemory<byte> FirstBytes => _stream?.InOrder ?? default;

    /// <summary>Whether part of the first bytes is missing.</summary>
    public bool HasGap => _stream is { HasGap: true };

    /// <summary>Sequence number of the first byte; null where none is known.</summary>
    public uint? FirstSequence => _stream is { HasStart: true } stream ? stream.Start : null;

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
        Advance(firstByte);
    }

    /// <summary>Takes a stream's segment.</summary>
    public void AddSegment(in Segment segment)
    {
        if (segment.PayloadWire == 0)
        {
            return;
        }

        uint sequence = (segment.Flags & TcpFlags.Syn) != 0 ? segment.Sequence + 1 : segment.Sequence;
        uint end = sequence + (uint)segment.PayloadWire;
        long fresh = !_hasNext ? segment.PayloadWire : Math.Clamp(unchecked((int)(end - _next)), 0, segment.PayloadWire);
        PayloadBytes += fresh;
        if (fresh > 0 && _lengths.Count < MaxLengths)
        {
            _lengths.Add(segment.PayloadWire);
        }

        Advance(end);
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

    private void Advance(uint end)
    {
        if (!_hasNext || unchecked((int)(end - _next)) > 0)
        {
            _next = end;
            _hasNext = true;
        }
    }
}
