using System.Text.Json.Nodes;

namespace CipherWatch.Infra.Tests.Sentinel;

/// <summary>
/// A workspace after a day: the demo's detections, each with an older revision and an upload that was tried again, and detections
/// written by hand for the other analytics; among them what was withdrawn, superseded, and suppressed in each way.
/// </summary>
internal static class Scenario
{
    /// <summary>What <c>cipherwatch demo</c> writes.</summary>
    public const string Demo = "tests/Golden/sentinel/demo.ndjson";

    /// <summary>Written by hand, with the time at which each row came in.</summary>
    private const string ByHand = "tests/Golden/sentinel/by-hand.ndjson";

    /// <summary>The workspace.</summary>
    public static SentinelWorkspace Create()
    {
        SentinelWorkspace workspace = new() { HasTelemetry = true };
        foreach (JsonNode? line in SentinelWorkspace.Lines(Demo))
        {
            JsonObject detection = line!.AsObject();
            workspace.Add(Earlier(detection), "2026-03-10T15:00:00Z");
            JsonObject latest = detection.DeepClone().AsObject();
            latest["revision"] = 2;
            workspace.Add(latest, "2026-03-10T23:30:00Z");
            workspace.Add(latest, "2026-03-10T23:45:00Z");
        }

        foreach (JsonNode? line in SentinelWorkspace.Lines(ByHand))
        {
            workspace.Add(line!["detection"]!.AsObject(), line["ingested"]!.ToString());
        }

        workspace.Watchlist.Add(new JsonObject
        {
            ["SearchKey"] = "1",
            ["DetectionId"] = "00000000000000000000000000000009",
            ["Reason"] = "known tool",
            ["Author"] = "lee"
        });
        workspace.Watchlist.Add(new JsonObject
        {
            ["SearchKey"] = "2",
            ["DstIpAddr"] = "198.51.100.9",
            ["DvcHostname"] = "db-01",
            ["Expires"] = "2026-03-10T00:00:00Z"
        });
        workspace.Watchlist.Add(new JsonObject { ["SearchKey"] = "3", ["DvcHostname"] = "ws-accounting-07" });
        return workspace;
    }

    /// <summary>A detection before its payload was seen, and before a process was found for it.</summary>
    private static JsonObject Earlier(JsonObject detection)
    {
        JsonObject earlier = detection.DeepClone().AsObject();
        JsonArray evidence = earlier["evidence"]!.AsArray();
        evidence.RemoveAt(0);
        int confidence = Math.Min(evidence.Sum(each => each!["weight"]!.GetValue<int>()), 69);
        earlier["confidence"] = confidence;
        earlier["severity"] = confidence < 40 ? "low" : "medium";
        earlier.Remove("supersededBy");
        return earlier;
    }
}
