using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Network;

/// <summary>CipherWatch's own payload-sample record.</summary>
internal static class PayloadSampleRecord
{
    public static bool Fits(in JsonRecord record) => false;

    public static RecordResult Normalize(in JsonRecord record, RecordContext context) => default;
}
