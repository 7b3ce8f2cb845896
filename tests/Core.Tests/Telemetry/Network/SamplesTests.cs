using System.Text.Json.Nodes;

namespace CipherWatch.Core.Tests.Telemetry.Network;

public class SamplesTests
{
    [Fact]
    public void Every_sample_is_observed()
    {
        foreach (byte[] sample in Samples.All)
        {
            NetworkReading reading = NetworkReading.Of(sample);
            Assert.Empty(reading.Letters);
            Assert.NotEmpty(reading.Observations);
        }
    }

    [Fact]
    public void Records_of_no_use_cost_no_allocation()
    {
        byte[] body = [.. Enumerable.Repeat(
            "{\"_path\":\"dns\",\"ts\":1772445600.1,\"uid\":\"C1\",\"id.orig_h\":\"10.20.0.7\",\"id.orig_p\":1,\"query\":\"www.example.org\"}\n"u8.ToArray(), 2000)
            .SelectMany(record => record)];
        NetworkReading.Of(body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        NetworkReading reading = NetworkReading.Of(body);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // What one reader needs once is far less than a byte a record would be.
        Assert.Equal(2000, reading.Counts.Skipped);
        Assert.InRange(allocated, 0, 60_000);
    }

    [Fact]
    public void The_example_of_the_published_schema_is_observed()
    {
        string path = Path.Combine(Repository.Root, "docs", "schemas", "payload-sample.schema.json");
        JsonNode schema = JsonNode.Parse(File.ReadAllText(path))!;

        NetworkReading.Of(schema["examples"]![0]!.ToJsonString()).Single();
        Assert.Equal("payload-sample/1", (string)schema["properties"]!["cipherwatch"]!["const"]!);
    }
}
