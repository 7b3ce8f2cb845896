using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>Suricata's EVE events.</summary>
internal static class EveRecord
{
    /// <summary>
    /// Anomalies that say that the sensor missed part of a flow, so that what is missing from it proves nothing; the rest (odd
    /// packets, retransmissions, parsers' complaints) say nothing of encryption.
    /// </summary>
    private static readonly FieldNames Losses = new(
        "stream.reassembly_seq_gap", "stream.reassembly_no_segment", "stream.fin_but_no_session", "stream.rst_but_no_session");

    /// <summary>The order in which flow objects have their fields, about twenty in all versions.</summary>
    private static readonly ReaderState<FieldOrder> FlowOrder = new(() => new(EveFields.FlowNames, maxNames: 64));

    /// <summary>Every EVE event has a type and a timestamp.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(EveFields.EventType) && record.Has(EveFields.Timestamp);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        EveType type = EveTypes.Of(record[EveFields.EventType].Of(record.Text));
        if (type == EveType.Other || (type == EveType.Anomaly && !TellsOfLoss(record)))
        {
            return RecordResult.Skipped(SourceNames.Suricata);
        }

        if (FieldText.InvalidUtf8At(record.Text) >= 0)
        {
            return Broken("Suricata event: not UTF-8.");
        }

        if (!Timestamps.TryParse(record[EveFields.Timestamp].Of(record.Text), out DateTimeOffset recorded))
        {
            return Broken("Suricata event: 'timestamp' is no time.");
        }

        if (!TryEnds(record, out IpAddress source, out IpAddress destination))
        {
            return Broken("Suricata event without both addresses: src_ip and dest_ip.");
        }

        if (Protocols.Number(record[EveFields.Proto].Of(record.Text)) is not { } protocol)
        {
            return record.Has(EveFields.Proto) ? RecordResult.Skipped(SourceNames.Suricata) : Broken("Suricata event without 'proto'.");
        }

        bool icmp = IcmpTypes.IsIcmp(protocol);
        FlowEnds packet = new(
            source, Port(record, icmp ? EveFields.IcmpType : EveFields.SrcPort),
            destination, Port(record, icmp ? EveFields.IcmpCode : EveFields.DestPort), protocol);
        JsonRecord counters = record.Nested(
            record.Has(EveFields.Flow) ? EveFields.Flow : EveFields.Netflow,
            context.Of(FlowOrder),
            stackalloc FieldSpan[EveFields.FlowNames.Count]);
        EveEvent @event = new(type, recorded, packet, EveOrientation.Of(record, type, packet, counters));
        EveFlow.Emit(@event, record, counters, context);
        if (type == EveType.Alert)
        {
            EvePayload.Emit(@event, record, context);
        }

        return RecordResult.Observed(SourceNames.Suricata);
    }

    /// <summary>The sensor's number of the flow, as text.</summary>
    public static string? FlowId(in JsonRecord record) => record[EveFields.FlowId].Text(record.Text);

    private static bool TellsOfLoss(in JsonRecord record)
    {
        JsonRecord anomaly = record.Nested(EveFields.Anomaly, EveFields.DetailNames, stackalloc FieldSpan[EveFields.DetailNames.Count]);
        return Losses.Find(anomaly[(int)EveDetailField.Event].Of(anomaly.Text)) >= 0;
    }

    private static bool TryEnds(in JsonRecord record, out IpAddress source, out IpAddress destination)
    {
        destination = default;
        return IpAddress.TryParse(record[EveFields.SrcIp].Of(record.Text), out source)
            && IpAddress.TryParse(record[EveFields.DestIp].Of(record.Text), out destination);
    }

    private static ushort Port(in JsonRecord record, int field) =>
        record[field].TryInteger(record.Text, out long port) && port is >= 0 and <= ushort.MaxValue ? (ushort)port : (ushort)0;

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Suricata, reason);
}
