using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>A connection list of esxcli in JSON: a row of the json formatter, or a whole listing in a collector's envelope.</summary>
internal static class EsxcliRecord
{
    /// <summary>Whether a record is one of the two.</summary>
    public static bool Fits(in JsonRecord record) => EsxcliEnvelope.Fits(record) || EsxcliJson.Fits(record);

    /// <summary>Reads it.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context) =>
        EsxcliEnvelope.Fits(record) ? EsxcliEnvelope.Normalize(record, context) : EsxcliJson.Normalize(record, context);
}
