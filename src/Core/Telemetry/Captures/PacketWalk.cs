using CipherWatch.Core.Telemetry.Captures.Flows;
using CipherWatch.Core.Telemetry.Captures.Framing;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures;

/// <summary>Takes packets apart, from the link inward through tunnels, and puts what they carry into flows.</summary>
internal sealed class PacketWalk
{
    private const int MaxLayers = 10;

    private readonly FlowTable _table;
    private readonly FragmentTable _fragments;
    private bool _counted;
    private bool _waits;
    private int _settling;

    /// <summary>A walk that puts flows into a table.</summary>
    public PacketWalk(FlowTable table)
    {
        _table = table;
        _fragments = new(parts => Settle(parts, whole: false));
    }

    /// <summary>Packets that a flow has.</summary>
    public long PacketsOfFlows { get; private set; }

    /// <summary>Packets that could not be looked into.</summary>
    public UnreadCounts Unread { get; } = new();

    /// <summary>Takes one packet; returns whether its link type is one that is read.</summary>
    public bool Add(ReadOnlySpan<byte> frame, in CaptureFrame header)
    {
        long ticks = _table.At(header.Ticks);
        _fragments.Expire(ticks);
        Peeled below = LinkTypes.Peel(frame, header.Link);
        if (!below.IsIp)
        {
            Unread.Add(below.Unread);
            return below.Unread.Kind != UnreadKind.Link;
        }

        (_counted, _waits) = (false, false);
        Walk(frame, below.At, new(ticks, ticks, header.Wire), 0);
        PacketsOfFlows += _counted ? 1 : 0;
        if (!_counted && !_waits && frame.Length < header.Wire)
        {
            Unread.Add(new(UnreadKind.Cut, 0));
        }

        return true;
    }

    /// <summary>Takes a packet of an interface that was not described.</summary>
    public void AddUndescribed() => Unread.Add(new(UnreadKind.Interface, 0));

    /// <summary>Ends the capture: parts of packets that never became whole are used as far as they go.</summary>
    public void Finish()
    {
        _fragments.Finish();
        _table.Finish();
    }

    private void Walk(ReadOnlySpan<byte> frame, int at, in Arrival arrival, int layer)
    {
        for (; layer < MaxLayers && IpPacket.TryRead(frame, at, arrival.Wire, out IpPacket packet); layer++)
        {
            if (packet.IsFragment)
            {
                Wait(frame, packet, arrival);
                return;
            }

            at = Carry(frame, packet, arrival);
        }
    }

    /// <summary>Puts what a packet carries into its flow; returns where the packet within it starts, or −1.</summary>
    private int Carry(ReadOnlySpan<byte> frame, in IpPacket packet, in Arrival arrival)
    {
        Peeled inner = IpTunnels.Find(frame, packet);
        if (inner.IsIp)
        {
            return inner.At;
        }

        Unread.Add(inner.Unread);
        if (!Segment.TryRead(frame, packet, out Segment segment))
        {
            return -1;
        }

        Tunnel tunnel = DatagramTunnels.Find(frame, segment);
        _table.Add(packet, segment, arrival, tunnel.Name);
        _counted = true;
        return tunnel.Inner.At;
    }

    private void Wait(ReadOnlySpan<byte> frame, in IpPacket part, in Arrival arrival)
    {
        ReadOnlySpan<byte> payload = part.PayloadAt < frame.Length ? frame[part.PayloadAt..] : default;
        bool owed = !_counted;
        (GatheredFragments parts, bool isWhole) = _fragments.Add(part, payload, arrival);
        parts.Owed += owed ? 1 : 0;
        _waits = true;
        if (isWhole)
        {
            Settle(parts, whole: true);
        }
    }

    /// <summary>Reads a packet from its parts. What is not whole is read as far as it goes, or is not read.</summary>
    private void Settle(GatheredFragments parts, bool whole)
    {
        (bool counted, bool waits) = (_counted, _waits);
        _counted = false;
        _settling++;
        ReadOnlySpan<byte> payload = parts.Payload.Span;
        if (_settling <= MaxLayers && (whole || parts.HasStart)
            && parts.Header.TryWhole(payload, parts.PayloadWire, out IpPacket packet))
        {
            int at = Carry(payload, packet, parts.Arrival);
            Walk(payload, at, parts.Arrival, 1);
        }

        _settling--;
        PacketsOfFlows += _counted ? parts.Owed : 0;
        if (!_counted)
        {
            Unread.Add(new(UnreadKind.Fragment, 0), parts.Owed);
        }

        (_counted, _waits) = (counted, waits);
    }
}
