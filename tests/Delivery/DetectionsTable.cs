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

    /// <summary>What the local runner finds in the same records, each of which can be used.</summary>
    public static IReadOnlyList<string> Local(IEnumerable<string> records, DetectionSettings? settings = null) =>
        Local(records.Select(Encoding.UTF8.GetBytes), new NoLetters(), settings);

    /// <summary>What the local runner finds in the same bodies, one after the other.</summary>
    public static IReadOnlyList<string> Local(IEnumerable<byte[]> bodies, IDeadLetterSink letters, DetectionSettings? settings = null)
    {
        using LocalPipeline pipeline = new(settings ?? DetectionSettings.Default, 100);
        Ingestor ingestor = new(pipeline, letters);
        foreach (byte[] body in bodies)
        {
            ingestor.Read(body, "test");
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
