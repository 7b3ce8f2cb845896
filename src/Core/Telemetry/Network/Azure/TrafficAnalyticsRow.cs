using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Azure;

/// <summary>
/// Rows of Azure's traffic analytics, <c>NTANetAnalytics</c>: the flows of an hour between two addresses and a destination port,
/// their source ports left out.
/// </summary>
/// <remarks>
/// Public addresses stand in a column of their own, <c>address|flows started|…</c>, several with blanks between; where a row has
/// several, it does not say what is whose. <c>FlowEncryption</c> is that of the virtual network. Source: Microsoft's schema of it.
/// </remarks>
internal static class TrafficAnalyticsRow
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Type = TopLevel.At("Type");
    private static readonly int SubType = TopLevel.At("SubType");
    private static readonly int Status = TopLevel.At("FlowStatus");
    private static readonly int Source = TopLevel.At("SrcIp");
    private static readonly int Destination = TopLevel.At("DestIp");
    private static readonly int SourcePublic = TopLevel.At("SrcPublicIps");
    private static readonly int DestinationPublic = TopLevel.At("DestPublicIps");
    private static readonly int Port = TopLevel.At("DestPort");
    private static readonly int Protocol = TopLevel.At("L4Protocol");
    private static readonly int Application = TopLevel.At("L7Protocol");
    private static readonly int Direction = TopLevel.At("FlowDirection");
    private static readonly int BytesOut = TopLevel.At("BytesSrcToDest");
    private static readonly int BytesIn = TopLevel.At("BytesDestToSrc");
    private static readonly int PacketsOut = TopLevel.At("PacketsSrcToDest");
    private static readonly int PacketsIn = TopLevel.At("PacketsDestToSrc");
    private static readonly int Start = TopLevel.At("FlowStartTime");
    private static readonly int End = TopLevel.At("FlowEndTime");

    /// <summary>The row names its table, or has the columns that no other table has together.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Type].Is(record.Text, "NTANetAnalytics"u8) || (record.Has(SubType) && record.Has(Status) && record.Has(Start));

    /// <summary>Reads one row.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        if ((record.Has(SubType) && !record[SubType].Is(text, "FlowLog"u8)) || record[Status].Is(text, "Denied"u8))
        {
            // Rows about topology and addresses, and traffic that was not let through.
            return RecordResult.Skipped(SourceNames.AzureFlow);
        }

        if (Address(record, Source, SourcePublic) is not { } source
            || Address(record, Destination, DestinationPublic) is not { } destination)
        {
            return Has(record, SourcePublic, Source) && Has(record, DestinationPublic, Destination)
                ? RecordResult.DeadLettered(SourceNames.AzureFlow, "NTANetAnalytics row whose SrcIp or DestIp is no address.")
                : RecordResult.Skipped(SourceNames.AzureFlow);
        }

        FieldValues values = context.Values(text);
        byte? protocol = record[Protocol].Is(text, "T"u8) ? Protocols.Tcp : record[Protocol].Is(text, "U"u8) ? Protocols.Udp
            : values.Protocol(record[Protocol]);
        DateTimeOffset? start = values.Time(record[Start]);
        DateTimeOffset? end = values.Time(record[End]);
        string? application = ExporterApplications.NameOf(record[Application].Text(text));
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = 0,
            DstIp = destination,
            DstPort = values.Port(record[Port]) ?? 0,
            Protocol = protocol ?? 0,
            InitiatorKnown = true,
            CountersAreDeltas = true,
            Direction = record[Direction].Is(text, "Outbound"u8) ? FlowDirection.Outbound
                : record[Direction].Is(text, "Inbound"u8) ? FlowDirection.Inbound : FlowDirection.Unknown,
            BytesOut = values.Count(record[BytesOut]),
            BytesIn = values.Count(record[BytesIn]),
            PacketsOut = values.Count(record[PacketsOut]),
            PacketsIn = values.Count(record[PacketsIn]),
            DurationMs = start is { } from && end is { } to && to >= from ? (long)(to - from).TotalMilliseconds : null,
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
        };
        string? fault = values.Fault ?? (protocol is null ? "NTANetAnalytics row without L4Protocol."
            : start is null ? "NTANetAnalytics row without a time: FlowStartTime." : null);
        if (fault is not null)
        {
            return RecordResult.DeadLettered(SourceNames.AzureFlow, fault);
        }

        FlowObservations.EmitFlow(flow, start, context, SourceNames.AzureFlow);
        return RecordResult.Observed(SourceNames.AzureFlow);
    }

    private static bool Has(in JsonRecord record, int one, int other) => record.Has(one) || record.Has(other);

    /// <summary>The address, or the only public one of the row.</summary>
    private static IpAddress? Address(in JsonRecord record, int place, int publicPlace)
    {
        if (record.Has(place))
        {
            return IpAddress.TryParse(record[place].Of(record.Text), out IpAddress own) ? own : null;
        }

        ReadOnlySpan<byte> list = record[publicPlace].IsText ? record[publicPlace].Of(record.Text).Trim((byte)' ') : default;
        int end = list.IndexOf((byte)'|');
        return list.IndexOf((byte)' ') < 0 && IpAddress.TryParse(end < 0 ? list : list[..end], out IpAddress only) ? only : null;
    }
}
