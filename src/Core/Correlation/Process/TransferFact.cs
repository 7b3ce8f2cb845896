using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>Bytes of one connection of a process, where its host counts them both ways.</summary>
/// <param name="Ip">Where to.</param>
/// <param name="Port">Port.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="RecordId">The record that says so: one that tells of a connection twice counts once, at its largest.</param>
/// <param name="Time">When, uncorrected.</param>
/// <param name="Out">Bytes sent.</param>
/// <param name="In">Bytes received.</param>
public readonly record struct TransferFact(
    IpAddress Ip, ushort Port, byte Protocol, ulong RecordId, FactTime Time, long Out, long In) : IMergeable<TransferFact>
{
    /// <summary>Bytes that one record is believed to count at most, so that no sum overflows: 1 TiB.</summary>
    private const long MaxBytes = 1L << 40;

    /// <summary>What a record says; null where it does not count both ways.</summary>
    public static TransferFact? Of(
        IpAddress ip, ushort port, byte protocol, ObservationId record, FactTime time, long? sent, long? received) =>
        sent is { } toPeer && received is { } fromPeer
            ? new(ip, port, protocol, (ulong)(record.Value >> 64), time, Math.Clamp(toPeer, 0, MaxBytes), Math.Clamp(fromPeer, 0, MaxBytes))
            : null;

    /// <summary>The largest first: what an upload is judged by.</summary>
    public static int Order(TransferFact left, TransferFact right)
    {
        int order = right.Out.CompareTo(left.Out);
        order = order != 0 ? order : left.RecordId.CompareTo(right.RecordId);
        order = order != 0 ? order : right.In.CompareTo(left.In);
        order = order != 0 ? order : left.Time.CompareTo(right.Time);
        order = order != 0 ? order : left.Ip.CompareTo(right.Ip);
        order = order != 0 ? order : left.Port.CompareTo(right.Port);
        return order != 0 ? order : left.Protocol.CompareTo(right.Protocol);
    }

    /// <summary>The same record twice is one record.</summary>
    public TransferFact Merge(TransferFact other) => this;
}
