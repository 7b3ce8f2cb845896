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

        FieldValues values = context.Values(record.Text);
        if (values.Time(record[EveFields.Timestamp]) is not { } recorded)
        {
            return Broken("Suricata event: 'timestamp' is no time.");
        }

        if (!values.TryAddress(record[EveFields.SrcIp], out IpAddress source)
            || !values.TryAddress(record[EveFields.DestIp], out IpAddress destination))
        {
            return Broken(values.Fault ?? "Suricata event without both addresses: src_ip and dest_ip.");
        }

        if (values.Protocol(record[EveFields.Proto]) is not { } protocol)
        {
            return Broken(values.Fault ?? "Suricata event without 'proto'.");
        }

        bool icmp = IcmpTypes.IsIcmp(protocol);
        FlowEnds packet = new(
            source, values.Port(record[icmp ? EveFields.IcmpType : EveFields.SrcPort]) ?? 0,
            destination, values.Port(record[icmp ? EveFields.IcmpCode : EveFields.DestPort]) ?? 0, protocol);
        JsonRecord counters = record.Nested(
            record.Has(EveFields.Flow) ? EveFields.Flow : EveFields.Netflow,
            context.Of(FlowOrder),
            stackalloc FieldSpan[EveFields.FlowNames.Count]);
        EveEvent @event = new(type, recorded, packet, EveOrientation.Of(record, type, packet, counters, values));
        Observation flow = EveFlow.Of(@event, record, counters, values);
        if (type == EveType.Alert)
        {
            EvePayload.Check(record, values);
        }

        if (values.Fault is { } fault)
        {
            return Broken(fault);
        }

        context.Emit(flow);
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

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Suricata, reason);
}
