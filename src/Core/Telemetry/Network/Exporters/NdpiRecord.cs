using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>nDPI's flow records: what it takes the flow for, counters, and for some protocols an entropy.</summary>
internal static class NdpiRecord
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Ndpi = TopLevel.At("ndpi");
    private static readonly int SrcIp = TopLevel.At("src_ip");
    private static readonly int DestIp = TopLevel.At("dest_ip");
    private static readonly int DstIp = TopLevel.At("dst_ip");
    private static readonly int SrcPort = TopLevel.At("src_port");
    private static readonly int DstPort = TopLevel.At("dst_port");
    private static readonly int Proto = TopLevel.At("proto");
    private static readonly int L4Proto = TopLevel.At("l4_proto");
    private static readonly int FirstSeen = TopLevel.At("first_seen");
    private static readonly int LastSeen = TopLevel.At("last_seen");
    private static readonly int Transfer = TopLevel.At("xfer");

    private static readonly FieldNames Details = new(
        "proto", "entropy", "hostname", "src2dst_bytes", "dst2src_bytes", "src2dst_packets", "dst2src_packets");

    /// <summary>nDPI's verdict stands in an object of its name, the ends beside it.</summary>
    public static bool Fits(in JsonRecord record) => record[Ndpi].Form == FieldForm.Object && record.Has(SrcIp);

    /// <summary>Reads one flow.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        FieldValues values = context.Values(text);
        FieldSpan protocolField = record.Has(L4Proto) ? record[L4Proto] : record[Proto];
        FieldSpan destinationField = record.Has(DestIp) ? record[DestIp] : record[DstIp];
        if (values.Address(record[SrcIp]) is not { } source || values.Address(destinationField) is not { } destination
            || values.Protocol(protocolField) is not { } protocol)
        {
            return RecordResult.DeadLettered(SourceNames.Netflow, values.Fault
                ?? "nDPI flow without addresses and protocol: src_ip, dest_ip, proto.");
        }

        JsonRecord verdict = record.Nested(Ndpi, Details, stackalloc FieldSpan[Details.Count]);
        JsonRecord transfer = record.Nested(Transfer, Details, stackalloc FieldSpan[Details.Count]);
        DateTimeOffset? start = values.Time(record[FirstSeen]);
        DateTimeOffset? end = values.Time(record[LastSeen]);
        string? application = ExporterApplications.NameOf(verdict[0].Text(text));
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = values.Port(record[SrcPort]) ?? 0,
            DstIp = destination,
            DstPort = values.Port(record[DstPort]) ?? 0,
            Protocol = protocol,
            InitiatorKnown = true,
            BytesOut = values.Count(transfer[3]),
            BytesIn = values.Count(transfer[4]),
            PacketsOut = values.Count(transfer[5]),
            PacketsIn = values.Count(transfer[6]),
            DurationMs = start is { } from && end is { } to && to >= from ? (long)(to - from).TotalMilliseconds : null,
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
            ServerName = verdict[2].Text(text),
        };
        double? entropy = values.Real(verdict[1]);
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Netflow, fault);
        }

        FlowObservations.EmitFlow(flow, start, context);
        if (entropy is > 0 and <= 8)
        {
            FlowObservations.EmitEntropy(flow, start, PayloadDirection.Unknown, entropy.Value, null, context);
        }

        return RecordResult.Observed(SourceNames.Netflow);
    }
}
