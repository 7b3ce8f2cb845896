using System.Buffers;
using System.Text.Json;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Detections;

/// <summary>Writes detections as JSON, by hand so that field order and bytes are the same on every build.</summary>
public static class DetectionJson
{
    /// <summary>Writes one detection as one object.</summary>
    public static void Write(Utf8JsonWriter writer, Detection detection)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(detection);
        writer.WriteStartObject();
        writer.WriteString("detectionId", detection.DetectionId.ToString());
        writer.WriteNumber("revision", detection.Revision);
        writer.WriteString("time", ObservationJson.Iso(detection.Time));
        writer.WriteString("analyticId", detection.AnalyticId);
        writer.WriteString("technique", detection.Technique);
        writer.WriteString("platform", detection.Platform.Word());
        writer.WriteString("severity", detection.Severity.Word());
        writer.WriteNumber("confidence", detection.Confidence);
        writer.WriteString("title", detection.Title);
        writer.WriteText("host", detection.Host);
        ObservationJson.Write(writer, "process", detection.Process);
        WriteDestination(writer, detection.Destination);
        writer.WriteString("windowStart", ObservationJson.Iso(detection.WindowStart));
        writer.WriteString("windowEnd", ObservationJson.Iso(detection.WindowEnd));
        writer.WriteString("settingsVersion", detection.SettingsVersion);
        writer.WriteStartArray("evidence");
        foreach (EvidencePiece evidence in detection.Evidence)
        {
            WriteEvidence(writer, evidence);
        }

        writer.WriteEndArray();
        WriteHunting(writer, detection);
        WriteSuppression(writer, detection.Suppressed);
        writer.WriteText("supersededBy", detection.SupersededBy?.ToString());
        if (detection.Withdrawn)
        {
            writer.WriteBoolean("withdrawn", true);
        }

        writer.WriteEndObject();
    }

    /// <summary>One detection as the UTF-8 bytes of one line, without its end.</summary>
    public static byte[] ToUtf8(Detection detection)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            Write(writer, detection);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEvidence(Utf8JsonWriter writer, EvidencePiece evidence)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", evidence.Kind);
        if (evidence.Time is { } time)
        {
            writer.WriteString("time", ObservationJson.Iso(time));
        }

        writer.WriteNumber("weight", evidence.Weight);
        writer.WriteString("detail", evidence.Detail);
        writer.WriteStartArray("observationIds");
        foreach (ObservationId id in evidence.ObservationIds)
        {
            writer.WriteStringValue(id.ToString());
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteDestination(Utf8JsonWriter writer, DetectionDestination? destination)
    {
        if (destination is null)
        {
            return;
        }

        writer.WriteStartObject("destination");
        writer.WriteString("ip", destination.Ip.ToString());
        writer.WriteNumber("port", destination.Port);
        writer.WriteString("protocol", destination.Protocol);
        writer.WriteText("name", destination.Name);
        writer.WriteEndObject();
    }

    /// <summary>What to look further by.</summary>
    private static void WriteHunting(Utf8JsonWriter writer, Detection detection)
    {
        if (detection.CommunityIds.Count > 0)
        {
            writer.WriteStartArray("communityIds");
            foreach (string id in detection.CommunityIds)
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
        }

        if (HuntingFilters.Wireshark(detection) is { } filter && HuntingFilters.Kql(detection) is { } query)
        {
            writer.WriteStartObject("hunting");
            writer.WriteString("wireshark", filter);
            writer.WriteString("kql", query);
            writer.WriteEndObject();
        }
    }

    private static void WriteSuppression(Utf8JsonWriter writer, DetectionSuppression? suppression)
    {
        if (suppression is null)
        {
            return;
        }

        writer.WriteStartObject("suppressed");
        writer.WriteString("reason", suppression.Reason);
        writer.WriteText("author", suppression.Author);
        if (suppression.Expires is { } expires)
        {
            writer.WriteString("expires", ObservationJson.Iso(expires));
        }

        writer.WriteEndObject();
    }
}
