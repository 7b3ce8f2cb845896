using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>
/// Entries of dpd.log and analyzer.log: an analyser that gave a flow up. Its bytes are not, or no longer, of that protocol; that
/// there was no key exchange does not follow, because another analyser may have found one.
/// </summary>
internal static class ZeekViolation
{
    /// <summary>Analysers that read TCP alone, for versions that do not write the transport.</summary>
    private static readonly FieldNames OverTcp = new("SSL", "HTTP", "SSH");

    /// <summary>Reads one entry.</summary>
    public static RecordResult Normalize(in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        FieldSpan kind = record[ZeekField.AnalyzerKind];
        FieldSpan cause = record[ZeekField.Cause];
        ReadOnlySpan<byte> name = (record[ZeekField.AnalyzerName] is { HasValue: true } named ? named : record[ZeekField.Analyzer]).Of(record.Text);
        byte? protocol = record[ZeekField.Proto] is { HasValue: true } transport ? Protocols.Number(transport.Of(record.Text))
            : OverTcp.Find(name) >= 0 ? Protocols.Tcp : null;

        // Analysers of packets and files say nothing of a flow, and a confirmation stands in conn.log's service.
        if (protocol is null || name.IsEmpty || (kind.HasValue && !kind.Is(record.Text, "protocol"u8))
            || (cause.HasValue && !cause.Is(record.Text, "violation"u8)))
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        FlowFields flow = new(entry.Ends(protocol.Value)) { InitiatorKnown = true, RuledOut = ZeekServices.Named(ApplicationNames.Of(name)) };
        context.Emit(ZeekObservation.Create("dpd", record, entry, flow));
        return RecordResult.Observed(SourceNames.Zeek);
    }
}
