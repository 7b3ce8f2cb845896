using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Telemetry.Captures.Flows;

/// <summary>The parts of one packet that was cut up. Where two overlap, the one that came first stands.</summary>
/// <param name="header">The header of the part that came first.</param>
/// <param name="ticks">When that came.</param>
internal sealed class GatheredFragments(IpPacket header, long ticks)
{
    /// <summary>The longest payload there is.</summary>
    private const int MaxPayload = ushort.MaxValue;

    /// <summary>Parts that may stand apart: as many as there are units of eight bytes in the longest packet.</summary>
    private const int MaxPieces = (MaxPayload + 1) / 8;

    private readonly PieceBuffer _payload = new(MaxPayload, MaxPieces);
    private ByteRanges _seen;
    private int? _total;
    private long _endTicks = ticks;
    private int _wire;

    /// <summary>When its first part came.</summary>
    public long Ticks { get; } = ticks;

    /// <summary>Its header: addresses and what it carries.</summary>
    public IpPacket Header { get; private set; } = header;

    /// <summary>Frames of which it is not settled yet whether they are of a flow.</summary>
    public int Owed { get; set; }

    /// <summary>Whether it waits no longer.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether all parts are there.</summary>
    public bool IsWhole => _total is { } total && _seen is { Any: true, Start: 0 } && _seen.First >= total;

    /// <summary>Whether the part with the ports is there.</summary>
    public bool HasStart => !_payload.InOrder.IsEmpty;

    /// <summary>Its payload, as far as none is missing.</summary>
    public ReadOnlyMemory<byte> Payload => _payload.InOrder;

    /// <summary>Bytes of its payload on the wire: up to the last part's end, or to the furthest that was seen.</summary>
    public int PayloadWire => _total ?? (int)_seen.End;

    /// <summary>Memory taken, bytes.</summary>
    public int Size => _payload.Size;

    /// <summary>When it came, with the length of all of its frames.</summary>
    public Arrival Arrival => new(Ticks, _endTicks, _wire, IsLate: true);

    /// <summary>Takes a part.</summary>
    public void Add(in IpPacket part, ReadOnlySpan<byte> payload, in Arrival arrival)
    {
        int end = Math.Min(part.FragmentAt + part.PayloadWire, MaxPayload);
        _wire += arrival.Wire;
        _endTicks = Math.Max(_endTicks, arrival.EndTicks);
        if (!part.HasMore)
        {
            _total ??= end;
        }

        if (end <= part.FragmentAt)
        {
            return;
        }

        // Of IPv6 only the first part says for certain what the packet carries.
        Header = part.FragmentAt == 0 ? part : Header;
        _seen.Add(part.FragmentAt, end, MaxPieces);
        _payload.Add(part.FragmentAt, payload[..Math.Min(payload.Length, part.PayloadWire)]);
    }
}
