using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Rows of esxcli that the collector script (<c>docs/esxi-connections.sh --log</c>) sends through the host's syslog, an object a line.
/// </summary>
internal static class EsxcliForwarded
{
    /// <summary>The tag that the script's lines carry.</summary>
    public static ReadOnlySpan<byte> Program => "cipherwatch-esxcli"u8;

    /// <summary>Reads the text of one line.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> text, RecordContext context)
    {
        context.Depth++;
        JsonRecord row = JsonRecord.ScanRecord(text, context.Slots(), skips: false);
        RecordResult result = row.Status == JsonStatus.Complete && EsxcliJson.Fits(row)
            ? EsxcliJson.Normalize(row, context)
            : RecordResult.DeadLettered(SourceNames.Esxcli, "esxcli row in a syslog line that is not whole: the line was cut.");
        context.Depth--;
        return result;
    }
}
