using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>What one record of a datagram says of a flow, whatever its layout.</summary>
internal ref struct FlowValues
{
    public IpAddress? Source;
    public IpAddress? Destination;
    public ushort SourcePort;
    public ushort DestinationPort;
    public byte? Protocol;
    public ushort? IcmpTypeAndCode;
    public long? Bytes;
    public long? Packets;
    public long? ReverseBytes;
    public long? ReversePackets;
    public bool CountsFromStart;
    public long SamplingInterval;
    public long SamplingRun;
    public long SamplingLeftOut;
    public long SamplingPopulation;
    public DateTimeOffset? Start;
    public DateTimeOffset? End;
    public byte Entropy;
    public byte ReverseEntropy;
    public ushort Application;
    public ulong BootedMs;
    public ulong? SamplerId;
    public bool IsDenied;
    public byte Direction;

    /// <summary>How often each byte value stands in the payload, as the exporter wrote it; empty where it does not say.</summary>
    public ReadOnlySpan<byte> Distribution;

    /// <summary>Of a flow's direction (element 239): its source opened it, or its destination did.</summary>
    public const byte Initiator = 1;
    public const byte ReverseInitiator = 2;

    /// <summary>Its source is the end outside the observer's own network: nothing is said of who opened it.</summary>
    private const byte Perimeter = 3;

    private const ushort NoPort = 0;
    private const int Cells = 256;

    /// <summary>Whether it is of a flow at all: address translations, interfaces and the like travel in the same sets.</summary>
    public readonly bool IsFlow => Source is not null && Destination is not null && Protocol is not null;

    /// <summary>
    /// One packet in this many was looked at; 0 where it is not said, <see cref="SampledCounters.Unknown"/> where packets were left out and
    /// nothing says how many.
    /// </summary>
    public readonly long OneIn => SamplingInterval != 0 ? SamplingInterval
        : SamplingPopulation > 0 ? SampledCounters.OneIn(SamplingRun, SamplingPopulation - Math.Max(SamplingRun, 1))
        : SampledCounters.OneIn(SamplingRun, SamplingLeftOut);

    /// <summary>Emits the flow, and the entropies where the exporter worked them out.</summary>
    /// <param name="exported">When its datagram was sent: its time where it has none of its own. Null where that is not known.</param>
    /// <param name="context">Where they go.</param>
    public readonly void Emit(DateTimeOffset? exported, RecordContext context)
    {
        DateTimeOffset? time = Start ?? End ?? exported;
        // Others than TCP, UDP and their like have no ports, whatever the exporter leaves in the fields.
        bool icmp = IcmpTypes.IsIcmp(Protocol!.Value);
        (ushort source, ushort destination) = !icmp ? (SourcePort, DestinationPort)
            : IcmpTypeAndCode is { } both ? ((ushort)(both >> 8), (ushort)(both & byte.MaxValue))
            : SourcePort == NoPort ? ((ushort)(DestinationPort >> 8), (ushort)(DestinationPort & byte.MaxValue))
            : (SourcePort, DestinationPort);
        bool biflow = ReverseBytes is not null || ReversePackets is not null;
        string? application = Application == 0
            ? null
            : ExporterApplications.NameOf(Application.ToString(System.Globalization.CultureInfo.InvariantCulture));
        FlowFields flow = new()
        {
            SrcIp = Source!.Value,
            SrcPort = source,
            DstIp = Destination!.Value,
            DstPort = destination,
            Protocol = Protocol.Value,
            InitiatorKnown = Direction is Initiator or ReverseInitiator || (biflow && Direction != Perimeter),
            CountersAreDeltas = !CountsFromStart,
            BytesOut = Bytes,
            BytesIn = ReverseBytes,
            PacketsOut = Packets,
            PacketsIn = ReversePackets,
            DurationMs = End - Start is { } duration && duration >= TimeSpan.Zero ? (long)duration.TotalMilliseconds : null,
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
        };
        flow = SampledCounters.Estimated(flow, OneIn);
        FlowObservations.EmitFlow(flow, time, context);

        Span<uint> counts = stackalloc uint[Cells];
        if (ByteDistribution.TryRead(Distribution, counts, out int total))
        {
            PayloadFields payload = SampledPayload.Fields(
                PayloadScorer.ScoreHistogram(counts), PayloadDirection.Unknown, null, total, MemoryMarshal.AsBytes(counts));
            FlowObservations.EmitPayload(flow, time, payload, context);
        }

        // 8 bits per byte are scaled to 256; it is said neither of how many bytes nor from where.
        const double StepsPerBit = 32;
        if (Entropy > 0)
        {
            FlowObservations.EmitEntropy(flow, time, PayloadDirection.Out, Entropy / StepsPerBit, null, context);
        }

        if (ReverseEntropy > 0)
        {
            FlowObservations.EmitEntropy(flow, time, PayloadDirection.In, ReverseEntropy / StepsPerBit, null, context);
        }
    }

    /// <summary>The same seen from the other end.</summary>
    public readonly FlowValues Turned()
    {
        FlowValues turned = this;
        (turned.Source, turned.Destination) = (Destination, Source);
        (turned.SourcePort, turned.DestinationPort) = (DestinationPort, SourcePort);
        (turned.Bytes, turned.ReverseBytes) = (ReverseBytes, Bytes);
        (turned.Packets, turned.ReversePackets) = (ReversePackets, Packets);
        (turned.Entropy, turned.ReverseEntropy) = (ReverseEntropy, Entropy);
        return turned;
    }

    /// <summary>Reads a record of NetFlow version 1, 5 or 7, which are alike as far as they are read.</summary>
    /// <param name="record">Its 48 or 52 bytes.</param>
    /// <param name="header">The datagram's header.</param>
    /// <param name="sampling">The datagram's sampling interval.</param>
    public static FlowValues OfFixed(ReadOnlySpan<byte> record, FlowDatagram header, int sampling) => new()
    {
        Source = IpAddress.FromBytes(record[..4]),
        Destination = IpAddress.FromBytes(record[4..8]),
        Packets = BinaryPrimitives.ReadUInt32BigEndian(record[16..]),
        Bytes = BinaryPrimitives.ReadUInt32BigEndian(record[20..]),
        Start = header.OfUptime(BinaryPrimitives.ReadUInt32BigEndian(record[24..])),
        End = header.OfUptime(BinaryPrimitives.ReadUInt32BigEndian(record[28..])),
        SourcePort = BinaryPrimitives.ReadUInt16BigEndian(record[32..]),
        DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(record[34..]),
        Protocol = record[38],
        SamplingInterval = sampling,
    };
}
