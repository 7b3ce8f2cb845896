using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Reads one analyst's verdict.</summary>
internal static class SuppressionReader
{
    /// <summary>Reads it; null, with the reason noted, where it says nothing that can be matched.</summary>
    public static Suppression? Read(SettingsValue value)
    {
        if (value.Required("reason") is not { } reason)
        {
            return null;
        }

        DetectionId? detection = null;
        if (value.Member("detectionId") is { } id)
        {
            detection = DetectionId.TryParse(id.Text(), out DetectionId parsed) ? parsed : id.Fail<DetectionId?>("32 hex digits");
        }

        DateTimeOffset? expires = null;
        if (value.Member("expires") is { } until)
        {
            expires = Timestamps.TryParse(Encoding.UTF8.GetBytes(until.Text() ?? string.Empty), out DateTimeOffset time) ? time
                : until.Fail<DateTimeOffset?>("a time such as \"2026-12-31T00:00:00Z\"");
        }

        Suppression suppression = new()
        {
            DetectionId = detection,
            Process = value.Optional("process"),
            Destination = value.Optional("destination"),
            Evidence = value.Member("evidence") is not { } kind ? null
                : kind.IsText ? SettingsItems.Evidence(kind.Text()!, kind)
                : kind.Fail<string>("the name of a kind of evidence"),
            Reason = reason,
            Author = value.Member("author")?.Text(),
            Expires = expires,
        };
        bool matchesAll = suppression is { DetectionId: null, Process: null, Destination: null, Evidence: null };
        return matchesAll
            ? value.Fail<Suppression>(
                "a suppression with at least one of detectionId, process, destination, evidence; it would hide everything")
            : suppression;
    }
}
