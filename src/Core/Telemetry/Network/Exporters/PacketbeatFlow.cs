using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>
/// Packetbeat's flows, and those of Elastic Agent's network packet capture: counters so far, told again and again until the flow
/// is over (<c>flow.final</c>).
/// </summary>
/// <remarks>The end that sent the first packet seen is the source.</remarks>
internal static class PacketbeatFlow
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Flow = TopLevel.At("flow");
    private static readonly int Source = TopLevel.At("source");
    private static readonly int Destination = TopLevel.At("destination");
    private static readonly int Network = TopLevel.At("network");
    private static readonly int Event = TopLevel.At("event");
    private static readonly int AtTimestamp = TopLevel.At("@timestamp");
    private static readonly int Netflow = TopLevel.At("netflow");

    private static readonly FieldNames FlowNames = new("id", "final");
    private static readonly FieldNames End = new("ip", "port", "bytes", "packets");
    private static readonly FieldNames Transport = new("transport", "protocol");
    private static readonly FieldNames Times = new("start", "end");

    /// <summary>Has a flow with an id, and both of its ends as objects. Filebeat's NetFlow has its own fields beside them.</summary>
    public static bool Fits(in JsonRecord record) =>
        !record.Has(Netflow) && record[Flow].Form == FieldForm.Object
        && record[Source].Form == FieldForm.Object && record[Destination].Form == FieldForm.Object
        && record[Network].Form == FieldForm.Object && record.Nested(Flow, FlowNames, stackalloc FieldSpan[FlowNames.Count]).Has(0);

    /// <summary>Reads one report of a flow.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldValues values = context.Values(record.Text);
        JsonRecord from = record.Nested(Source, End, stackalloc FieldSpan[End.Count]);
        JsonRecord to = record.Nested(Destination, End, stackalloc FieldSpan[End.Count]);
        JsonRecord network = record.Nested(Network, Transport, stackalloc FieldSpan[Transport.Count]);
        JsonRecord times = record.Nested(Event, Times, stackalloc FieldSpan[Times.Count]);
        IpAddress? source = values.Address(from[0]);
        IpAddress? destination = values.Address(to[0]);
        byte? protocol = values.Protocol(network[0]);
        DateTimeOffset? start = values.Time(times[0]) ?? values.Time(record[AtTimestamp]);
        DateTimeOffset? end = values.Time(times[1]);
        if (values.Fault is null && (source is null || destination is null || protocol is null))
        {
            // Frames below IP have no addresses, and neither do flows whose protocol Packetbeat does not follow.
            return RecordResult.Skipped(SourceNames.Netflow);
        }

        string? application = ExporterApplications.NameOf(network[1].Text(record.Text));
        FlowFields flow = new()
        {
            SrcIp = source ?? default,
            SrcPort = values.Port(from[1]) ?? 0,
            DstIp = destination ?? default,
            DstPort = values.Port(to[1]) ?? 0,
            Protocol = protocol ?? 0,
            InitiatorKnown = true,
            BytesOut = values.Count(from[2]),
            BytesIn = values.Count(to[2]),
            PacketsOut = values.Count(from[3]),
            PacketsIn = values.Count(to[3]),
            DurationMs = start is { } first && end is { } last && last >= first ? (long)(last - first).TotalMilliseconds : null,
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
        };
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.Netflow, fault);
        }

        FlowObservations.EmitFlow(flow, start, context);
        return RecordResult.Observed(SourceNames.Netflow);
    }
}
