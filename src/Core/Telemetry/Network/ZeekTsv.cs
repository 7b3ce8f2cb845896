using CipherWatch.Core.Ingestion;

namespace CipherWatch.Core.Telemetry.Network;

/// <summary>Zeek logs as tab-separated values.</summary>
internal static class ZeekTsv
{
    public static bool TryHeader(ReadOnlySpan<byte> line, RecordContext context) => false;

    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        result = default;
        return false;
    }
}
