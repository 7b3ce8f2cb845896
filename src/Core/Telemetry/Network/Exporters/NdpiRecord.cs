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
        FieldSpan protocolField = record.Has(L4Proto) ? record[L4Proto] : record[Proto];
        FieldSpan destinationField = record.Has(DestIp) ? record[DestIp] : record[DstIp];
        if (!IpAddress.TryParse(record[SrcIp].Of(text), out IpAddress source)
            || !IpAddress.TryParse(destinationField.Of(text), out IpAddress destination)
            || Protocols.Number(protocolField.Of(text)) is not { } protocol)
        {
            return RecordResult.DeadLettered(SourceNames.Netflow, "nDPI flow without addresses and protocol: src_ip, dest_ip, proto.");
        }

        JsonRecord verdict = record.Nested(Ndpi, Details, stackalloc FieldSpan[Details.Count]);
        JsonRecord transfer = record.Nested(Transfer, Details, stackalloc FieldSpan[Details.Count]);
        DateTimeOffset? start = Time(record, FirstSeen);
        DateTimeOffset? end = Time(record, LastSeen);
        string? application = ExporterApplications.NameOf(verdict[0].Text(text));
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = Port(record, SrcPort),
            DstIp = destination,
            DstPort = Port(record, DstPort),
            Protocol = protocol,
            InitiatorKnown = true,
            BytesOut = Count(transfer, 3),
            BytesIn = Count(transfer, 4),
            PacketsOut = Count(transfer, 5),
            PacketsIn = Count(transfer, 6),
            DurationMs = start is { } from && end is { } to && to >= from ? (long)(to - from).TotalMilliseconds : null,
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
            ServerName = verdict[2].Text(text),
        };
        FlowObservations.EmitFlow(flow, start, context);
        if (verdict[1].TryDouble(text, out double entropy) && entropy is > 0 and <= 8)
        {
            FlowObservations.EmitEntropy(flow, start, PayloadDirection.Unknown, entropy, null, context);
        }

        return RecordResult.Observed(SourceNames.Netflow);
    }

    private static DateTimeOffset? Time(in JsonRecord record, int place) =>
        ExporterTime.TryParse(record[place].Of(record.Text), out DateTimeOffset time) ? time : null;

    private static long? Count(in JsonRecord record, int place) =>
        record[place].TryInteger(record.Text, out long count) && count >= 0 ? count : null;

    private static ushort Port(in JsonRecord record, int place) =>
        record[place].TryInteger(record.Text, out long port) && port is >= 0 and <= ushort.MaxValue ? (ushort)port : (ushort)0;
}
