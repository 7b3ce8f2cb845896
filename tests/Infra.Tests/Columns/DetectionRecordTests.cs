using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Sinks.LogAnalytics;

namespace CipherWatch.Infra.Tests.Columns;

/// <summary>What the app writes is what the column list says of a detection's JSON.</summary>
public class DetectionRecordTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Written = Noon.AddHours(6);
    private static readonly ColumnList List = ColumnList.Load();

    [Fact]
    public void A_full_detection_fills_every_column()
    {
        JsonObject record = Record(Full);
        Assert.Equal(List.Columns.Select(column => column.Name), record.Select(pair => pair.Key));
        Assert.True(JsonNode.DeepEquals(Row(Full), record), $"{Row(Full)}\n{record}");
    }

    [Fact]
    public void What_is_unknown_is_absent()
    {
        Detection bare = Full with
        {
            Host = null,
            Process = null,
            Destination = null,
            Suppressed = null,
            SupersededBy = null,
            Withdrawn = false,
            CommunityIds = [],
            Evidence = []
        };
        Assert.True(JsonNode.DeepEquals(Row(bare), Record(bare)), $"{Row(bare)}\n{Record(bare)}");
        Assert.DoesNotContain("DvcHostname", Record(bare).Select(pair => pair.Key));
    }

    [Theory]
    [InlineData(70_000, 1)]
    [InlineData(2_000, 200)]
    [InlineData(40_000, 40)]
    public void No_field_is_larger_than_the_service_takes(int chars, int evidence)
    {
        string text = string.Concat(Enumerable.Repeat("\U0001D11E", chars / 2));
        Detection large = Full with
        {
            Title = text,
            Process = Full.Process! with { CommandLine = text },
            Evidence =
            [
                .. Enumerable.Range(0, evidence).Select(at => new EvidencePiece(
                    $"kind{at}", Noon, 5, text, [.. Enumerable.Range(0, 50).Select(id => new ObservationId((UInt128)id))])),
            ],
        };
        JsonSerializerOptions asWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Assert.All(
            Record(large),
            column => Assert.True(Encoding.UTF8.GetByteCount(column.Value!.ToJsonString(asWritten)) <= 64 * 1024, column.Key));
        Assert.Equal(Math.Min(evidence, 64), Record(large)["Evidence"]!.AsArray().Count);
    }

    private static Detection Full
    {
        get
        {
            ProcessKey key = ProcessKey.FromGuid("ws-07", "00000000-0000-0000-0000-000000000001");
            Assert.True(IpAddress.TryParse("203.0.113.77", out IpAddress address));
            return new()
            {
                DetectionId = DetectionId.Create("AN0400", key.Value, null, DateOnly.FromDateTime(Noon.UtcDateTime)),
                Revision = 3,
                Time = Noon,
                AnalyticId = "AN0400",
                Technique = "T1573.001",
                Platform = TelemetryPlatform.Windows,
                Severity = Severity.High,
                Confidence = 75,
                Title = "Encrypted channel without key exchange",
                Host = "ws-07",
                Process = new()
                {
                    Key = key,
                    Pid = 4711,
                    Guid = "00000000-0000-0000-0000-000000000001",
                    Image = @"C:\Users\ada\upd.exe",
                    CommandLine = "upd.exe -s \"x\"",
                    ParentImage = @"C:\Windows\explorer.exe",
                    User = @"LAB\ada",
                    Hash = new string('a', 64),
                    Signed = false,
                    Signer = "nobody",
                },
                Destination = new(address, 4447, "tcp", "cdn.example.net"),
                WindowStart = Noon,
                WindowEnd = Noon.AddHours(3),
                SettingsVersion = "0123456789abcdef",
                Evidence =
                [
                    new("unsignedImage", Noon, 25, "not \"signed\" <ö\U0001D11E>", [new ObservationId(7)]),
                    new("payloadInsufficient", null, 0, "insufficient", []),
                ],
                CommunityIds = ["1:LQU9qZlK+B5F3KDmev6m5PMibrg="],
                Suppressed = new("known tool", "ada", Noon.AddDays(30)),
                Withdrawn = true,
                SupersededBy = new DetectionId(9),
            };
        }
    }

    private static JsonObject Record(Detection detection) => JsonNode.Parse(DetectionRecord.ToUtf8(detection, Written))!.AsObject();

    private static JsonObject Row(Detection detection) =>
        DetectionRow.Of(List, JsonNode.Parse(DetectionJson.ToUtf8(detection))!.AsObject(), ObservationJson.Iso(Written));
}
