using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Functions.Logs;
using CipherWatch.Functions.Tests.Fakes;
using CipherWatch.Functions.Tests.Logs;
using CipherWatch.Sinks.Files;
using CipherWatch.Sinks.LogAnalytics;
using CipherWatch.Sinks.Tables;
using CipherWatch.Sinks.Tests.Tables;

namespace CipherWatch.Functions.Tests;

/// <summary>What an attacker writes into names and command lines arrives in every sink as the same text, and as nothing else.</summary>
public class HostileContentTests(AzuriteFixture azurite)
{
    private const string Hostile =
        "=cmd|' /C calc'!A1\"}],\"severity\":\"low\r\n{\"detectionId\":\"0\"}\u2028</script><img src=x onerror=alert(1)>\u202e\u0000'; drop table x--";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task In_the_table()
    {
        TableClient table = new(azurite.ConnectionString, "Hostile");
        await new TableSink(table).PublishAsync([Detection()], None);
        TableEntity row = Assert.Single(table.Query<TableEntity>());
        Assert.Equal(Hostile, row.GetString("CommandLine"));
        Assert.Equal("high", row.GetString("Severity"));
        DetectionPage? page = await new StoredDetections(table).PageAsync(new(), 10, null, None);
        IsTheSame(Assert.Single(page!.Detections));
    }

    [Fact]
    public async Task In_a_file_on_one_line()
    {
        using MemoryStream file = new();
        using LineFile lines = new(file, "memory");
        await new DetectionFile(lines).PublishAsync([Detection()], None);
        string[] written = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IsTheSame(Assert.Single(written));
    }

    [Fact]
    public async Task In_the_workspace()
    {
        await using IngestionEndpoint endpoint = new();
        LogsIngestionUploader uploader = LogsIngestionUploader.Create(
            new("https://dcr.ingest.example"), "dcr-1", DetectionColumns.Stream, new IngestionEndpoint.Identity(), endpoint.Options());
        await new LogAnalyticsSink(uploader, TimeProvider.System).PublishAsync([Detection()], None);
        JsonElement record = Assert.Single(endpoint.Taken);
        Assert.Equal(Hostile, record.GetProperty(DetectionColumns.ActingProcessCommandLine).GetString());
        Assert.Equal("high", record.GetProperty(DetectionColumns.Severity).GetString());
        Assert.Equal(Hostile, record.GetProperty(DetectionColumns.Evidence)[0].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task In_dead_letters_on_one_line_and_in_no_label_or_log()
    {
        App app = new();
        byte[] raw = Encoding.UTF8.GetBytes(Hostile.Replace("\r\n", " ", StringComparison.Ordinal));
        await app.TriggerAsync([Fleet.Event(raw, 1)]);
        string lines = Assert.Single(app.Letters.Blobs).Value;
        Assert.Single(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("onerror", lines, StringComparison.Ordinal);
        Assert.Equal(raw, Assert.Single(app.Letters.Held).Letter.Raw.ToArray());
    }

    private static void IsTheSame(string json)
    {
        JsonElement detection = JsonElement.Parse(json);
        Assert.DoesNotContain('\n', json);
        Assert.Equal(Hostile, detection.GetProperty("process").GetProperty("commandLine").GetString());
        Assert.Equal(Hostile, detection.GetProperty("title").GetString());
        Assert.Equal("high", detection.GetProperty("severity").GetString());
        Assert.Equal(1, detection.EnumerateObject().Count(field => field.NameEquals("severity")));
    }

    private static Detection Detection() => new()
    {
        DetectionId = new DetectionId(7),
        Time = DateTimeOffset.UnixEpoch,
        AnalyticId = "AN0400",
        Technique = "T1573.001",
        Platform = TelemetryPlatform.Windows,
        Severity = Severity.High,
        Confidence = 75,
        Title = Hostile,
        Host = "ws-1",
        Process = new() { Image = Hostile, CommandLine = Hostile, User = Hostile, ParentImage = Hostile },
        WindowStart = DateTimeOffset.UnixEpoch,
        WindowEnd = DateTimeOffset.UnixEpoch,
        SettingsVersion = "default",
        Evidence = [new("encryptedNoHandshake", null, 45, Hostile, [])],
    };
}
