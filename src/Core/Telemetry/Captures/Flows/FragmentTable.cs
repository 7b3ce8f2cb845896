using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>Puts packets together that were cut up on their way, in whatever order their parts come (RFC 791, RFC 8200 §4.5).</summary>
/// <param name="givenUp">Takes what never became whole: its parts came too seldom, or too many others waited.</param>
internal sealed class FragmentTable(Action<GatheredFragments> givenUp)
{
    /// <summary>How long parts are waited for, by the packets' times: as long as Linux waits for those of IPv4.</summary>
    private const long MaxWaitTicks = 30 * TimeSpan.TicksPerSecond;

    /// <summary>Packets that wait at once, and the memory that they take.</summary>
    private const int MaxWaiting = 4096;
    private const long MaxBytes = 32 << 20;

    private readonly Dictionary<FragmentKey, GatheredFragments> _waiting = [];
    private readonly Queue<(FragmentKey Key, GatheredFragments Parts)> _order = [];
    private long _bytes;

    /// <summary>Takes a part.</summary>
    /// <param name="packet">Its header.</param>
    /// <param name="payload">What was kept of it.</param>
    /// <param name="arrival">When it came, and how long its frame was.</param>
    /// <returns>Its packet, and whether that is whole now: then it waits no longer.</returns>
    public (GatheredFragments Parts, bool IsWhole) Add(in IpPacket packet, ReadOnlySpan<byte> payload, in Arrival arrival)
    {
        FragmentKey key = new(packet.Source, packet.Destination, packet.Protocol, packet.FragmentId);
        ref GatheredFragments? parts = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, key, out bool exists);
        if (!exists)
        {
            parts = new(packet, arrival.Ticks);
            _order.Enqueue((key, parts));
        }

        GatheredFragments gathered = parts!;
        int before = gathered.Size;
        gathered.Add(packet, payload, arrival);
        _bytes += gathered.Size - before;
        if (gathered.IsWhole)
        {
            Remove(key, gathered);
            return (gathered, true);
        }

        while (_waiting.Count > MaxWaiting || _bytes > MaxBytes)
        {
            GiveUpOldest();
        }

        return (gathered, false);
    }

    /// <summary>Gives up what has waited for too long at a time.</summary>
    public void Expire(long ticks)
    {
        while (_order.TryPeek(out (FragmentKey Key, GatheredFragments Parts) oldest)
            && (oldest.Parts.IsOver || IsTooOld(oldest.Parts.Ticks, ticks)))
        {
            GiveUpOldest();
        }
    }

    /// <summary>Gives up all that waits: the capture has ended.</summary>
    public void Finish()
    {
        while (_order.Count > 0)
        {
            GiveUpOldest();
        }
    }

    private static bool IsTooOld(long came, long now) =>
        now != CaptureTime.Unknown && came != CaptureTime.Unknown && now - came > MaxWaitTicks;

    private void GiveUpOldest()
    {
        (FragmentKey key, GatheredFragments parts) = _order.Dequeue();
        if (!parts.IsOver)
        {
            Remove(key, parts);
            givenUp(parts);
        }
    }

    private void Remove(FragmentKey key, GatheredFragments parts)
    {
        _waiting.Remove(key);
        _bytes -= parts.Size;
        parts.IsOver = true;
    }

    private readonly record struct FragmentKey(IpAddress Source, IpAddress Destination, byte Protocol, uint Id);
}
