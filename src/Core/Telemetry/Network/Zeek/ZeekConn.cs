using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Entries of conn.log: counters, duration, service, and what the history says of the flow's start.</summary>
internal static class ZeekConn
{
    /// <summary>
    /// Counters are believed while missed bytes are at most one in this many. Zeek fills gaps from sequence numbers, so that
    /// beyond a few per cent of loss the counts of the two directions no longer compare.
    /// </summary>
    private const int BytesPerMissedByte = 20;

    /// <summary>Reads one entry.</summary>
    public static RecordResult Normalize(in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        if (ProtocolOf(record, entry) is not { } protocol)
        {
            return record[ZeekField.Proto].HasValue ? RecordResult.Skipped(SourceNames.Zeek)
                : ZeekRecord.Broken("Zeek conn entry without 'proto'.");
        }

        ZeekHistory history = ZeekHistory.Of(record[ZeekField.History].Of(record.Text));
        string? application = ZeekServices.Application(record[ZeekField.Service].Of(record.Text));
        long? bytesOut = Bytes(record, ZeekField.OrigBytes, ZeekField.OrigIpBytes, history.OriginatorUnseen);
        long? bytesIn = Bytes(record, ZeekField.RespBytes, ZeekField.RespIpBytes, unseen: false);
        long missed = record.Count(ZeekField.MissedBytes) ?? 0;
        bool counted = missed <= ((bytesOut ?? 0) + (bytesIn ?? 0)) / BytesPerMissedByte;
        FlowFields flow = new(entry.Ends(protocol))
        {
            InitiatorKnown = true,
            BytesOut = counted ? bytesOut : null,
            BytesIn = counted ? bytesIn : null,
            PacketsOut = history.OriginatorUnseen ? null : record.Count(ZeekField.OrigPkts),
            PacketsIn = record.Count(ZeekField.RespPkts),
            DurationMs = Duration(record),
            Application = application,
            Handshake = ZeekServices.HandshakeOf(application, protocol, history with { HasGaps = history.HasGaps || missed > 0 }),
        };
        context.Emit(ZeekObservation.Create("conn", record, entry, flow));
        return RecordResult.Observed(SourceNames.Zeek);
    }

    /// <summary>The protocol's number; null where Zeek says only that it is none it knows.</summary>
    private static byte? ProtocolOf(in ZeekRecord record, in ZeekEntry entry)
    {
        if (record.Count(ZeekField.IpProto, byte.MaxValue) is { } number)
        {
            return (byte)number;
        }

        byte? named = Protocols.Number(record[ZeekField.Proto].Of(record.Text));

        // Zeek writes icmp for both versions.
        return named == IcmpTypes.Icmp && !entry.Source.IsV4 ? IcmpTypes.IcmpV6 : named;
    }

    /// <summary>Payload bytes of one side; null where they were not seen, or where there are more than its packets could carry.</summary>
    private static long? Bytes(in ZeekRecord record, ZeekField payload, ZeekField packets, bool unseen)
    {
        long? bytes = unseen ? null : record.Count(payload);
        return record.Count(packets) is { } carried && bytes > carried ? null : bytes;
    }

    private static long? Duration(in ZeekRecord record)
    {
        // An interval is seconds with a fraction; it is read as a time since the epoch, which is exact.
        FieldSpan duration = record[ZeekField.Duration];
        return Timestamps.TryParseEpochSeconds(duration.Of(record.Text), out DateTimeOffset end)
            ? end.ToUnixTimeMilliseconds()
            : duration.TryDouble(record.Text, out double seconds) && seconds is >= 0 and < int.MaxValue ? (long)(seconds * 1000) : null;
    }
}
