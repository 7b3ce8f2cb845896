using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Sinks.Tests;

/// <summary>Detections to publish.</summary>
internal static class SampleDetections
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 30, 0, TimeSpan.Zero);

    /// <summary>A process's detection, with every field filled and text that needs escaping.</summary>
    public static Detection Of(string guid, string host = "ws-07", int revision = 1, int confidence = 75, string detail = "not \"signed\" <ö𝄞>")
    {
        ProcessKey key = ProcessKey.FromGuid(host, guid);
        return new()
        {
            DetectionId = DetectionId.Create("AN0400", key.Value, null, DateOnly.FromDateTime(Noon.UtcDateTime)),
            Revision = revision,
            Time = Noon,
            AnalyticId = "AN0400",
            Technique = "T1573.001",
            Platform = TelemetryPlatform.Windows,
            Severity = Severity.High,
            Confidence = confidence,
            Title = "Encrypted channel without key exchange",
            Host = host,
            Process = new() { Key = key, Pid = 4711, Guid = guid, Image = @"C:\Users\ada\upd.exe", CommandLine = "upd.exe -s \"x\"", User = @"LAB\ada" },
            Destination = new(Address("203.0.113.77"), 4447, "tcp", "cdn.example.net"),
            WindowStart = Noon,
            WindowEnd = Noon.AddHours(3),
            SettingsVersion = "0123456789abcdef",
            Evidence = [new("imageUnsigned", Noon, 25, detail, [new ObservationId(7)]), new("payload", null, 0, "insufficient", [])],
            Suppressed = new("known tool", "ada", Noon.AddDays(30)),
            SupersededBy = new DetectionId(9),
        };
    }

    /// <summary>A detection as the line that every sink gives for it.</summary>
    public static string Line(Detection detection) => Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection));

    private static IpAddress Address(string text)
    {
        Assert.True(IpAddress.TryParse(text, out IpAddress address));
        return address;
    }
}
