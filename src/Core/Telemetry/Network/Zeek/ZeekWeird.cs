using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>
/// Entries of weird.log. A few names say that the capture missed part of a flow, so that what is missing from it proves
/// nothing; the rest say nothing of encryption.
/// </summary>
internal static class ZeekWeird
{
    private static readonly FieldNames Incomplete = new(
        "above_hole_data_without_any_acks", "possible_split_routing", "data_before_established", "SYN_inside_connection",
        "SYN_seq_jump", "connection_originator_SYN_ack", "TCP_seq_underflow_or_misorder", "TCP_ack_underflow_or_misorder");

    /// <summary>Reads one entry.</summary>
    public static RecordResult Normalize(in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        if (Incomplete.Find(record[ZeekField.Name].Of(record.Text)) < 0)
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        // Every one of these names is TCP's.
        FlowFields flow = new(entry.Ends(Protocols.Tcp)) { InitiatorKnown = true, Handshake = Handshake.Unseen };
        context.Emit(ZeekObservation.Create("weird", record, entry, flow));
        return RecordResult.Observed(SourceNames.Zeek);
    }
}
