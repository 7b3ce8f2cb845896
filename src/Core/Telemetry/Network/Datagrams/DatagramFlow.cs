using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Network.Exporters;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>What one data record says of a flow, gathered field by field.</summary>
internal ref struct DatagramFlow
{
    /// <summary>Steps of YAF's entropy a bit.</summary>
    private const double StepsPerBit = 32;

    private const int Cells = 256;

    private IpAddress? _source;
    private IpAddress? _destination;
    private ushort _sourcePort;
    private ushort _destinationPort;
    private byte? _protocol;
    private ulong? _icmp;
    private long? _bytes;
    private long? _packets;
    private long? _reverseBytes;
    private long? _reversePackets;
    private long? _duration;
    private bool _sampled;
    private byte _entropy;
    private byte _reverseEntropy;
    private ReadOnlySpan<byte> _distribution;
    private DatagramTimes _times;

    /// <summary>A flow of which nothing has been read yet.</summary>
    public DatagramFlow(in DatagramHeader header)
    {
        _times = new(header);
        _sampled = header.Sampling > 1;
    }

    /// <summary>Takes one field.</summary>
    public void Take(FlowElement element, ReadOnlySpan<byte> value)
    {
        ulong number = Number(value);
        switch (element)
        {
            case FlowElement.Source when value.Length is 4 or 16:
                _source = Address(value, _source);
                break;
            case FlowElement.Destination when value.Length is 4 or 16:
                _destination = Address(value, _destination);
                break;
            case FlowElement.SourcePort:
                _sourcePort = (ushort)number;
                break;
            case FlowElement.DestinationPort:
                _destinationPort = (ushort)number;
                break;
            case FlowElement.Protocol:
                _protocol = (byte)number;
                break;
            case FlowElement.IcmpTypeCode:
                _icmp = number;
                break;
            case FlowElement.Bytes:
                _bytes = (long)Math.Min(number, long.MaxValue);
                break;
            case FlowElement.Packets:
                _packets = (long)Math.Min(number, long.MaxValue);
                break;
            case FlowElement.ReverseBytes:
                _reverseBytes = (long)Math.Min(number, long.MaxValue);
                break;
            case FlowElement.ReversePackets:
                _reversePackets = (long)Math.Min(number, long.MaxValue);
                break;
            case FlowElement.Duration:
                _duration = (long)Math.Min(number, int.MaxValue);
                break;
            case FlowElement.Sampling:
                _sampled |= number > 1;
                break;
            case FlowElement.Entropy:
                _entropy = (byte)number;
                break;
            case FlowElement.ReverseEntropy:
                _reverseEntropy = (byte)number;
                break;
            case FlowElement.ByteDistribution:
                _distribution = value;
                break;
            default:
                _times.Take(element, number);
                break;
        }
    }

    /// <summary>Emits what was gathered; false where it is no flow between two addresses.</summary>
    public readonly bool TryEmit(RecordContext context)
    {
        if (_source is not { } source || _destination is not { } destination || _protocol is not { } protocol)
        {
            return false;
        }

        // NetFlow has an ICMP message's type and code in the destination port where it has no field for them.
        ulong icmp = _icmp ?? _destinationPort;
        FlowEnds ends = IcmpTypes.IsIcmp(protocol)
            ? new(source, (byte)(icmp >> 8), destination, (byte)icmp, protocol)
            : new(source, _sourcePort, destination, _destinationPort, protocol);
        bool both = _bytes is not null && _reverseBytes is not null;
        FlowFields flow = new(ends)
        {
            InitiatorKnown = both,
            CountersAreDeltas = true,
            BytesOut = _sampled ? null : _bytes,
            BytesIn = _sampled || !both ? null : _reverseBytes,
            PacketsOut = _sampled ? null : _packets,
            PacketsIn = _sampled || !both ? null : _reversePackets,
            DurationMs = _times.DurationMs ?? _duration,
        };
        ExporterObservations.EmitFlow(flow, _times.Start, context);
        EmitPayload(flow, context);
        return true;
    }

    private readonly void EmitPayload(FlowFields flow, RecordContext context)
    {
        Span<uint> counts = stackalloc uint[Cells];
        if (ByteDistribution.TryRead(_distribution, counts, out int total))
        {
            ExporterObservations.EmitPayload(
                flow,
                _times.Start,
                PayloadSamples.Fields(PayloadScorer.ScoreHistogram(counts), PayloadDirection.Unknown, null, total, MemoryMarshal.AsBytes(counts)),
                context);
        }

        if (_entropy > 0)
        {
            ExporterObservations.EmitEntropy(flow, _times.Start, PayloadDirection.Out, _entropy / StepsPerBit, null, context);
        }

        if (_reverseEntropy > 0)
        {
            ExporterObservations.EmitEntropy(flow, _times.Start, PayloadDirection.In, _reverseEntropy / StepsPerBit, null, context);
        }
    }

    /// <summary>A record may have fields for both families and fill one of them; the other is zeros.</summary>
    private static IpAddress Address(ReadOnlySpan<byte> value, IpAddress? before) =>
        before is { IsUnspecified: false } known && IpAddress.FromBytes(value).IsUnspecified ? known : IpAddress.FromBytes(value);

    /// <summary>An unsigned number of up to eight bytes; exporters may leave out leading zeros (RFC 7011 §6.2).</summary>
    private static ulong Number(ReadOnlySpan<byte> value)
    {
        ulong number = 0;
        foreach (byte octet in value.Length <= sizeof(ulong) ? value : default)
        {
            number = (number << 8) | octet;
        }

        return number;
    }
}
