using System.Buffers;
using System.Text;
using System.Text.Json;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Runs;

/// <summary>The summary object, in a fixed order of fields.</summary>
internal static class SummaryJson
{
    /// <summary>One object on one line, without its end.</summary>
    public static string ToText(RunSummary summary)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            Write(writer, summary);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, RunSummary summary)
    {
        writer.WriteStartObject();
        writer.WriteNumber("files", summary.Files);
        writer.WriteNumber("bytes", summary.Bytes);
        writer.WriteNumber("records", summary.Records);
        writer.WriteNumber("observed", summary.Observed);
        writer.WriteNumber("skipped", summary.Skipped);
        writer.WriteNumber("deadLettered", summary.DeadLettered);
        writer.WriteNumber("observations", summary.Observations);
        writer.WriteNumber("entities", summary.Entities);
        writer.WriteNumber("operations", summary.Operations);
        writer.WriteNumber("processOperations", summary.ProcessOperations);
        writer.WriteNumber("flowOperations", summary.FlowOperations);
        writer.WriteNumber("detections", summary.Detections);
        writer.WriteNumber("suppressed", summary.Suppressed);
        writer.WriteNumber("superseded", summary.Superseded);
        if (summary.Headline is { } headline)
        {
            writer.WriteString("headline", headline);
        }

        writer.WriteStartArray("warnings");
        foreach (string warning in summary.Warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        writer.WriteNumber("elapsedMs", summary.ElapsedMs);
        writer.WriteNumber("filesLeftOut", summary.FilesLeftOut);
        writer.WriteNumber("unreadPackets", summary.UnreadPackets);
        writer.WriteStartArray("unread");
        foreach (UnreadReason reason in summary.Unread)
        {
            writer.WriteStartObject();
            writer.WriteString("source", reason.Source);
            writer.WriteString("reason", reason.Reason);
            writer.WriteNumber("records", reason.Count);
            writer.WriteString("first", reason.First.Input);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        SettingsUseJson.Write(writer, summary);
        WriteCounts(writer, "operationsByKind", summary.OperationsByKind);
        writer.WriteStartObject("recordsPerOperation");
        foreach ((string source, double records) in summary.RecordsPerOperation)
        {
            writer.WriteNumber(source, records);
        }

        writer.WriteEndObject();
        WriteCounts(writer, "bySource", summary.BySource);
        WriteCounts(writer, "byAnalytic", summary.ByAnalytic);
        WriteCounts(writer, "bySeverity", summary.BySeverity);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> counts)
    {
        writer.WriteStartObject(name);
        foreach ((string key, long count) in counts)
        {
            writer.WriteNumber(key, count);
        }

        writer.WriteEndObject();
    }
}
