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

    /// <summary>How long after the end of one capture the next may begin and still be its continuation.</summary>
    private const long FollowTicks = 5 * TimeSpan.TicksPerSecond;

    private readonly Dictionary<FlowKey, GatheredFlow> _flows = [];
    private long _captureStart = CaptureTime.Unknown;
    private long _latest = CaptureTime.Unknown;
    private long _followed = CaptureTime.Unknown;
    private int _numbered;

    /// <summary>The first time that any packet of the capture has; unknown where none has one.</summary>
    public long FirstKnown { get; private set; } = CaptureTime.Unknown;

    /// <summary>
    /// Another capture begins, in the same file. What it goes on with is one with what came before only if it follows closely in time.
    /// </summary>
    public void BeginCapture() => _captureStart = CaptureTime.Unknown;

    /// <summary>Takes note of a packet's time; returns it, or where it has none the one before it.</summary>
    public long At(long ticks)
    {
        if (ticks == CaptureTime.Unknown)
        {
            return _latest;
        }

        FirstKnown = FirstKnown == CaptureTime.Unknown ? ticks : FirstKnown;
        if (_captureStart == CaptureTime.Unknown)
        {
            // Files that a capture was cut into follow one another within seconds; a capture of another time starts anew.
            bool follows = _latest != CaptureTime.Unknown && ticks >= _latest && ticks - _latest <= FollowTicks;
            _captureStart = follows ? _followed : ticks;
            _followed = _captureStart;
        }

        return _latest = ticks;
    }

    /// <summary>Takes one packet.</summary>
    /// <param name="packet">Its header.</param>
    /// <param name="segment">What it carries.</param>
    /// <param name="arrival">When it came, and how long it was.</param>
    /// <param name="tunnel">The tunnel whose packet travels in it; null where none does.</param>
    public void Add(in IpPacket packet, in Segment segment, in Arrival arrival, string? tunnel)
    {
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
                _numbered++, packet.Source, segment.SourcePort, packet.Destination, segment.DestinationPort, segment.Protocol,
                arrival.Ticks);
            fromFirst = true;
            bool known = arrival.Ticks != CaptureTime.Unknown && _captureStart != CaptureTime.Unknown;
            if (segment.Protocol != Protocols.Tcp && known && arrival.Ticks - _captureStart >= QuietTicks)
            {
                held.BeginQuietly();
            }
        }

        held!.Add(segment, fromFirst, arrival, tunnel);
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
