using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>The flows of a capture: packets go in, and each flow comes out once it is over or the capture is.</summary>
internal sealed class FlowTable(Action<GatheredFlow> over)
{
    /// <summary>Flows held at once; when there are more, the ones that have been quiet longest are taken to be over.</summary>
    private const int MaxFlows = 1 << 17;

    /// <summary>
    /// How long a pair of ports must be quiet from the capture's start before its first datagram counts as a flow's start.
    /// Connection trackers forget an unanswered UDP flow in that time (Linux: 30 s).
    /// </summary>
    private const long QuietTicks = 30 * TimeSpan.TicksPerSecond;

    private readonly Dictionary<FlowKey, GatheredFlow> _flows = [];
    private long _captureStart = -1;
    private int _numbered;

    /// <summary>Takes one packet.</summary>
    public void Add(IpPacket packet, in Segment segment, int frameBytes, long ticks)
    {
        _captureStart = _captureStart < 0 ? ticks : _captureStart;
        bool icmp = IcmpTypes.IsIcmp(segment.Protocol);
        FlowKey key = FlowKey.Create(packet.Source, segment.SourcePort, packet.Destination, segment.DestinationPort, segment.Protocol);
        ref GatheredFlow? held = ref CollectionsMarshal.GetValueRefOrAddDefault(_flows, key, out bool exists);
        bool fromFirst = exists && held!.FirstIp == packet.Source && (icmp || held.FirstPort == segment.SourcePort);
        if (exists && segment.Protocol == Protocols.Tcp && held!.IsOver(segment, fromFirst))
        {
            over(held);
            exists = false;
        }

        if (!exists)
        {
            held = new(
                _numbered++, packet.Source, segment.SourcePort, packet.Destination, segment.DestinationPort, segment.Protocol, ticks);
            fromFirst = true;
            if (segment.Protocol != Protocols.Tcp && ticks - _captureStart >= QuietTicks)
            {
                held.BeginQuietly();
            }
        }

        held!.Add(segment, fromFirst, frameBytes, ticks);
        if (_flows.Count > MaxFlows)
        {
            Relieve();
        }
    }

    /// <summary>Ends the capture: every flow that is left comes out, in the order of their first packets.</summary>
    public void Finish()
    {
        foreach (GatheredFlow flow in _flows.Values.OrderBy(flow => flow.Number))
        {
            over(flow);
        }

        _flows.Clear();
    }

    private void Relieve()
    {
        // Half at a time, so that the sort is paid for by many packets.
        foreach ((FlowKey key, GatheredFlow flow) in _flows
            .OrderBy(entry => entry.Value.LastTicks).ThenBy(entry => entry.Value.Number).Take(MaxFlows / 2).ToArray())
        {
            over(flow);
            _flows.Remove(key);
        }
    }
}
