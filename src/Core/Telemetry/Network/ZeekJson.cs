using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Json;

namespace CipherWatch.Core.Telemetry.Network;

/// <summary>Zeek logs as JSON.</summary>
internal static class ZeekJson
{
    public static bool Fits(in JsonRecord record) => false;

    public static RecordResult Normalize(in JsonRecord record, RecordContext context) => default;
}
