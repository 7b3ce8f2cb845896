using CipherWatch.Core.Identity;
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

        if (this[Field.Event].Is(Text, "DENIED"u8) || this[Field.Event].Is(Text, "DENY"u8))
        {
            // A firewall let nothing of it through.
            return RecordResult.Skipped(SourceNames.Netflow);
        }

        if (!IpAddress.TryParse(this[Field.Source].Of(Text), out IpAddress source)
            || !IpAddress.TryParse(this[Field.Destination].Of(Text), out IpAddress destination))
        {
            return Broken("Flow record without both addresses.");
        }

        if (!this[Field.Protocol].HasValue)
        {
            return Broken("Flow record without a protocol.");
        }

        if (Protocols.Number(this[Field.Protocol].Of(Text)) is not { } protocol)
        {
            return RecordResult.Skipped(SourceNames.Netflow);
        }

        if (!TryPort(Field.SourcePort, out ushort sourcePort) || !TryPort(Field.DestinationPort, out ushort destinationPort))
        {
            return Broken("Flow record whose port is no number from 0 to 65535.");
        }

        if (IcmpTypes.IsIcmp(protocol))
        {
            (sourcePort, destinationPort) = IcmpTypeAndCode(destinationPort);
        }

        ExporterTimes times = ExporterTimes.Of(
            this[Field.Start], this[Field.End], this[Field.UptimeStart], this[Field.UptimeEnd], this[Field.Uptime],
            this[Field.Received], Text);

        // A record that has only the outgoing counter is of a flow metered on its way out, not of its other half.
        bool both = Count(Field.Bytes) is not null && Count(Field.ReverseBytes) is not null;
        bool sampled = Count(Field.Sampling) > 1 || Count(Field.SamplingSpace) > 0;
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
            BytesOut = sampled ? null : Count(Field.Bytes) ?? Count(Field.ReverseBytes),
            BytesIn = sampled || !both ? null : Count(Field.ReverseBytes),
            PacketsOut = sampled ? null : Count(Field.Packets) ?? Count(Field.ReversePackets),
            PacketsIn = sampled || !both ? null : Count(Field.ReversePackets),
            DurationMs = times.DurationMs,
            Application = application,
            Handshake = application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown,
        };
        FlowObservations.EmitFlow(flow, times.Start, context);
        EmitEntropy(flow, times.Start, context);
        return RecordResult.Observed(SourceNames.Netflow);
    }

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Netflow, reason);

    private void EmitEntropy(FlowFields flow, DateTimeOffset? time, RecordContext context)
    {
        // YAF scales 8 bits per byte to 256 (yaftab.c) and writes a whole number; it says neither of how many bytes nor from where.
        const double StepsPerBit = 32;
        if (this[Field.Entropy].TryDouble(Text, out double entropy) && entropy is > 0 and <= byte.MaxValue)
        {
            FlowObservations.EmitEntropy(flow, time, PayloadDirection.Out, entropy / StepsPerBit, null, context);
        }

        if (this[Field.ReverseEntropy].TryDouble(Text, out entropy) && entropy is > 0 and <= byte.MaxValue)
        {
            FlowObservations.EmitEntropy(flow, time, PayloadDirection.In, entropy / StepsPerBit, null, context);
        }
    }

    private long? Count(Field field) => this[field].TryInteger(Text, out long count) && count >= 0 ? count : null;

    private bool TryPort(Field field, out ushort port)
    {
        port = 0;
        if (!this[field].HasValue)
        {
            return true;
        }

        bool valid = this[field].TryInteger(Text, out long number) && number is >= 0 and <= ushort.MaxValue;
        port = valid ? (ushort)number : (ushort)0;
        return valid;
    }

    /// <summary>NetFlow has type × 256 + code in the destination port or in the type itself; others write both apart.</summary>
    private (ushort Type, ushort Code) IcmpTypeAndCode(ushort destinationPort)
    {
        long? type = Count(Field.IcmpType);
        if (type is <= byte.MaxValue && (type > 0 || destinationPort == 0))
        {
            return ((ushort)type.Value, (ushort)((Count(Field.IcmpCode) ?? 0) & byte.MaxValue));
        }

        long both = type is > 0 and <= ushort.MaxValue ? type.Value : destinationPort;
        return ((ushort)(both >> 8), (ushort)(both & byte.MaxValue));
    }
}
