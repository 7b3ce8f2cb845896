using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Azure;

/// <summary>Rows of the ASIM network session schema, whatever product they came from.</summary>
internal static class AsimRow
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Type = TopLevel.At("Type");
    private static readonly int Schema = TopLevel.At("EventSchema");
    private static readonly int Source = TopLevel.At("SrcIpAddr");
    private static readonly int Destination = TopLevel.At("DstIpAddr");
    private static readonly int SourcePort = TopLevel.At("SrcPortNumber");
    private static readonly int DestinationPort = TopLevel.At("DstPortNumber");
    private static readonly int Protocol = TopLevel.At("NetworkProtocol");
    private static readonly int Application = TopLevel.At("NetworkApplicationProtocol");
    private static readonly int Duration = TopLevel.At("NetworkDuration");
    private static readonly int BytesOut = TopLevel.At("SrcBytes");
    private static readonly int BytesIn = TopLevel.At("DstBytes");
    private static readonly int PacketsOut = TopLevel.At("SrcPackets");
    private static readonly int PacketsIn = TopLevel.At("DstPackets");
    private static readonly int Start = TopLevel.At("EventStartTime");
    private static readonly int Generated = TopLevel.At("TimeGenerated");
    private static readonly int Action = TopLevel.At("DvcAction");

    /// <summary>The row names its table or its schema.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Type].Is(record.Text, "ASimNetworkSessionLogs"u8) || record[Schema].Is(record.Text, "NetworkSession"u8);

    /// <summary>Reads one row.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        FieldValues values = context.Values(text);
        bool blocked = record[Action].Is(text, "Deny"u8) || record[Action].Is(text, "Drop"u8) || record[Action].Is(text, "Drop ICMP"u8);
        if (blocked || !record.Has(Source) || !record.Has(Destination) || !record.Has(Protocol))
        {
            // The schema requires none of them; a row without its ends or of a session that was refused is of no flow.
            return RecordResult.Skipped(SourceNames.AzureFlow);
        }

        if (values.Address(record[Source]) is not { } source || values.Address(record[Destination]) is not { } destination
            || values.Protocol(record[Protocol]) is not { } protocol)
        {
            return RecordResult.DeadLettered(SourceNames.AzureFlow, values.Fault ?? "ASIM network session without its ends.");
        }

        if (values.Time(record.Has(Start) ? record[Start] : record[Generated]) is not { } time)
        {
            return RecordResult.DeadLettered(
                SourceNames.AzureFlow, values.Fault ?? "ASIM network session without a time: EventStartTime or TimeGenerated.");
        }

        string? application = ExporterApplications.NameOf(record[Application].Text(text));
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = values.Port(record[SourcePort]) ?? 0,
            DstIp = destination,
            DstPort = values.Port(record[DestinationPort]) ?? 0,
            Protocol = protocol,
            InitiatorKnown = true,
            BytesOut = values.Count(record[BytesOut]),
            BytesIn = values.Count(record[BytesIn]),
            PacketsOut = values.Count(record[PacketsOut]),
            PacketsIn = values.Count(record[PacketsIn]),
            DurationMs = values.Count(record[Duration]),
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
        };
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.AzureFlow, fault);
        }

        FlowObservations.EmitFlow(flow, time, context, SourceNames.AzureFlow);
        return RecordResult.Observed(SourceNames.AzureFlow);
    }
}
