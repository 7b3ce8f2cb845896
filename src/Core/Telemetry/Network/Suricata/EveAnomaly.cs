using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>
/// Anomaly events. A few stream events say that the sensor missed part of a flow, so that what is missing from it proves
/// nothing; the rest (odd packets, retransmissions, parsers' complaints) say nothing of encryption.
/// </summary>
internal static class EveAnomaly
{
    private static readonly FieldNames Losses = new(
        "stream.reassembly_seq_gap", "stream.reassembly_no_segment", "stream.fin_but_no_session", "stream.rst_but_no_session");

    /// <summary>Whether an anomaly event says that packets of its flow were not seen.</summary>
    public static bool TellsOfLoss(in JsonRecord record)
    {
        JsonRecord anomaly = record.Nested(EveFields.Anomaly, EveFields.DetailNames, stackalloc FieldSpan[EveFields.DetailNames.Count]);
        return Losses.Find(anomaly[(int)EveDetailField.Event].Of(anomaly.Text)) >= 0;
    }
}
