using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Azure;

/// <summary>Rows of the VMConnection table: the connections of a process to a destination port in a minute, as its host saw them.</summary>
internal static class VmConnectionRow
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Type = TopLevel.At("Type");
    private static readonly int Links = TopLevel.At("LinksEstablished");
    private static readonly int Computer = TopLevel.At("Computer");
    private static readonly int Direction = TopLevel.At("Direction");
    private static readonly int ProcessName = TopLevel.At("ProcessName");
    private static readonly int Source = TopLevel.At("SourceIp");
    private static readonly int Destination = TopLevel.At("DestinationIp");
    private static readonly int DestinationPort = TopLevel.At("DestinationPort");
    private static readonly int Protocol = TopLevel.At("Protocol");
    private static readonly int Sent = TopLevel.At("BytesSent");
    private static readonly int Received = TopLevel.At("BytesReceived");
    private static readonly int Generated = TopLevel.At("TimeGenerated");

    /// <summary>The row names its table, or has the columns that no other table has together.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Type].Is(record.Text, "VMConnection"u8) || (record.Has(Links) && record.Has(Source) && record.Has(Sent));

    /// <summary>Reads one row.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        FieldValues values = context.Values(text);
        if (values.Address(record[Source]) is not { } source || values.Address(record[Destination]) is not { } destination
            || values.Port(record[DestinationPort]) is not { } port || values.Protocol(record[Protocol]) is not { } protocol)
        {
            return RecordResult.DeadLettered(
                SourceNames.AzureFlow, values.Fault ?? "VMConnection row without SourceIp, DestinationIp, DestinationPort and Protocol.");
        }

        if (values.Time(record[Generated]) is not { } time)
        {
            return RecordResult.DeadLettered(
                SourceNames.AzureFlow, values.Fault ?? "VMConnection row without a time: TimeGenerated.");
        }

        (string? host, string? fqdn) = HostNames.Split(record[Computer].Text(text));
        bool inbound = record[Direction].Is(text, "inbound"u8);
        bool outbound = record[Direction].Is(text, "outbound"u8);
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = 0,
            DstIp = destination,
            DstPort = port,
            Protocol = protocol,
            InitiatorKnown = true,
            CountersAreDeltas = true,
            Direction = outbound ? FlowDirection.Outbound : inbound ? FlowDirection.Inbound : FlowDirection.Unknown,
            BytesOut = values.Count(record[inbound ? Received : Sent]),
            BytesIn = values.Count(record[inbound ? Sent : Received]),
        };
        if (values.Fault is { } fault)
        {
            return RecordResult.DeadLettered(SourceNames.AzureFlow, fault);
        }

        ProcessFields? process = record[ProcessName].Text(text) is { } image ? new() { Image = image } : null;
        context.Emit(new()
        {
            Kind = ObservationKind.Flow,
            Source = SourceNames.AzureFlow,
            Platform = TelemetryPlatform.Network,
            Time = time,
            Host = host,
            HostFqdn = fqdn,
            Process = process,
            Flow = flow,
        });
        return RecordResult.Observed(SourceNames.AzureFlow);
    }
}
