using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;
using Field = CipherWatch.Core.Telemetry.Network.Exporters.ExporterField;

namespace CipherWatch.Core.Telemetry.Network.Exporters;

/// <summary>One flow record of any collector, its fields found under whatever names they have.</summary>
internal readonly ref struct ExporterRecord
{
    /// <summary>The bytes that the fields are spans of.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The fields, by <see cref="Field"/>.</summary>
    public required ReadOnlySpan<FieldSpan> Fields { get; init; }

    private FieldSpan this[Field field] => Fields[(int)field];

    /// <summary>Reads the record.</summary>
    public RecordResult Normalize(RecordContext context)
    {
        if (FieldText.InvalidUtf8At(Text) >= 0)
        {
            return Broken("Flow record: not UTF-8.");
        }

        if (ExporterVerdict.IsDenied(this[Field.Event], this[Field.ForwardingStatus], Text))
        {
            // A firewall let nothing of it through.
            return RecordResult.Skipped(SourceNames.Netflow);
        }

        FieldValues values = context.Values(Text);
        if (values.Address(this[Field.Source]) is not { } source || values.Address(this[Field.Destination]) is not { } destination)
        {
            return Broken(values.Fault ?? "Flow record without both addresses.");
        }

        if (!this[Field.Protocol].HasValue)
        {
            return Broken("Flow record without a protocol.");
        }

        if (values.Protocol(this[Field.Protocol]) is not { } protocol)
        {
            return Broken(values.Fault!);
        }

        ushort sourcePort = values.Port(this[Field.SourcePort]) ?? 0;
        ushort destinationPort = values.Port(this[Field.DestinationPort]) ?? 0;

        if (IcmpTypes.IsIcmp(protocol))
        {
            (sourcePort, destinationPort) = IcmpTypeAndCode(destinationPort, values);
        }

        ExporterTimes times = ExporterTimes.Of(
            this[Field.Start], this[Field.End], this[Field.UptimeStart], this[Field.UptimeEnd], this[Field.Uptime],
            this[Field.Received], values, Text);

        // A record that has only the outgoing counter is of a flow metered on its way out, not of its other half.
        long? bytes = values.Count(this[Field.Bytes]);
        long? reverseBytes = values.Count(this[Field.ReverseBytes]);
        long? packets = values.Count(this[Field.Packets]);
        long? reversePackets = values.Count(this[Field.ReversePackets]);
        bool both = bytes is not null && reverseBytes is not null;
        long? interval = values.Count(this[Field.Sampling]);
        long runs = SampledCounters.OneIn(values.Count(this[Field.SamplingRun]), values.Count(this[Field.SamplingSpace]));
        long? direction = values.Count(this[Field.Direction]);
        double? entropy = values.Real(this[Field.Entropy]);
        double? reverseEntropy = values.Real(this[Field.ReverseEntropy]);
        if (values.Fault is { } fault)
        {
            return Broken(fault);
        }

        string? application = ExporterApplications.NameOf(this[Field.Application].Text(Text));
        FlowFields flow = new()
        {
            SrcIp = source,
            SrcPort = sourcePort,
            DstIp = destination,
            DstPort = destinationPort,
            Protocol = protocol,
            InitiatorKnown = both,
            CountersAreDeltas = true,
            BytesOut = bytes ?? reverseBytes,
            BytesIn = !both ? null : reverseBytes,
            PacketsOut = packets ?? reversePackets,
            PacketsIn = !both ? null : reversePackets,
            DurationMs = times.DurationMs,
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
        };
        flow = SampledCounters.Estimated(flow, interval > 0 ? interval.Value : runs);
        bool turned = direction == ExporterVerdict.ReverseInitiator;
        flow = direction is ExporterVerdict.Initiator or ExporterVerdict.ReverseInitiator
            ? flow with { InitiatorKnown = true } : flow;
        flow = turned ? ExporterVerdict.Turned(flow) : flow;
        FlowObservations.EmitFlow(flow, times.Start, context);
        EmitEntropy(flow, times.Start, turned ? PayloadDirection.In : PayloadDirection.Out, entropy, context);
        EmitEntropy(flow, times.Start, turned ? PayloadDirection.Out : PayloadDirection.In, reverseEntropy, context);
        return RecordResult.Observed(SourceNames.Netflow);
    }

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Netflow, reason);

    private static void EmitEntropy(
        FlowFields flow, DateTimeOffset? time, PayloadDirection direction, double? entropy, RecordContext context)
    {
        // YAF scales 8 bits per byte to 256 (yaftab.c) and writes a whole number; it says neither of how many bytes nor from where.
        const double StepsPerBit = 32;
        if (entropy is > 0 and <= byte.MaxValue)
        {
            FlowObservations.EmitEntropy(flow, time, direction, entropy.Value / StepsPerBit, null, context);
        }
    }

    /// <summary>NetFlow has type × 256 + code in the destination port or in the type itself; others write both apart.</summary>
    private (ushort Type, ushort Code) IcmpTypeAndCode(ushort destinationPort, FieldValues values)
    {
        long? type = values.Count(this[Field.IcmpType]);
        if (type is <= byte.MaxValue && (type > 0 || destinationPort == 0))
        {
            return ((ushort)type.Value, (ushort)((values.Count(this[Field.IcmpCode]) ?? 0) & byte.MaxValue));
        }

        long both = type is > 0 and <= ushort.MaxValue ? type.Value : destinationPort;
        return ((ushort)(both >> 8), (ushort)(both & byte.MaxValue));
    }
}
