using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Delivery.Tests;

/// <summary>What is compared: detections as lines of JSON, revisions and withdrawn ones left out.</summary>
internal static class DetectionsTable
{
    /// <summary>What stands in a table.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string storage, string table)
    {
        List<string> found = [];
        await foreach (TableEntity row in new TableClient(storage, table).QueryAsync<TableEntity>(
            cancellationToken: TestContext.Current.CancellationToken))
        {
            if (row.GetBoolean("Withdrawn") is false)
            {
                found.Add(Line(TableContent.Read(row)));
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>What the local runner finds in the same records.</summary>
    public static IReadOnlyList<string> Local(IEnumerable<string> records)
    {
        using LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        Ingestor ingestor = new(pipeline, new NoLetters());
        foreach (string record in records)
        {
            ingestor.Read(Encoding.UTF8.GetBytes(record), "test");
        }

        ingestor.Finish();
        return [.. pipeline.OneByOne()
            .Select(detection => Line(Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection)))).Order(StringComparer.Ordinal)];
    }

    private static string Line(string json)
    {
        JsonObject detection = JsonNode.Parse(json)!.AsObject();
        detection.Remove("revision");
        return detection.ToJsonString();
    }

    private sealed class NoLetters : IDeadLetterSink
    {
        public void Write(DeadLetter letter) => Assert.Fail(letter.Reason);
    }
}
