using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Sinks.LogAnalytics;

/// <summary>
/// A detection as one record of the Logs Ingestion API: the columns of <see cref="DetectionColumns"/>, absent where unknown.
/// </summary>
/// <remarks>
/// Source of the limits: a field over 64 KB is cut by the service, which would leave JSON that nothing can parse. Texts and evidence
/// are therefore shortened here; Table storage holds them whole.
/// </remarks>
public static class DetectionRecord
{
    /// <summary>Characters of a text column: at most 32 KB of UTF-8.</summary>
    private const int MaxTextChars = 8_192;

    /// <summary>Bytes of the evidence as JSON, below the service's 64 KB.</summary>
    private const int MaxEvidenceBytes = 60_000;

    /// <summary>Evidence that is kept where all of it would not fit: far more than any analytic has kinds.</summary>
    private const int KeptEvidence = 64;

    /// <summary>Observation ids that are kept of each evidence where all of them would not fit.</summary>
    private const int KeptIds = 3;

    /// <summary>Characters of a detail where all of them would not fit; fewer if that is still too much.</summary>
    private const int KeptDetailChars = 512;

    /// <summary>Writes one record.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="detection">The detection.</param>
    /// <param name="written">When it is written: the record's <c>TimeGenerated</c>.</param>
    public static void Write(Utf8JsonWriter writer, Detection detection, DateTimeOffset written)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(detection);
        writer.WriteStartObject();
        Time(writer, DetectionColumns.TimeGenerated, written);
        Text(writer, DetectionColumns.DetectionId, detection.DetectionId.ToString());
        writer.WriteNumber(DetectionColumns.Revision, detection.Revision);
        Time(writer, DetectionColumns.DetectionTime, detection.Time);
        Time(writer, DetectionColumns.EventStartTime, detection.WindowStart);
        Time(writer, DetectionColumns.EventEndTime, detection.WindowEnd);
        Text(writer, DetectionColumns.AnalyticId, detection.AnalyticId);
        Text(writer, DetectionColumns.AttackTechniques, detection.Technique);
        Text(writer, DetectionColumns.Platform, detection.Platform.Word());
        Text(writer, DetectionColumns.Severity, detection.Severity.Word());
        writer.WriteNumber(DetectionColumns.Confidence, detection.Confidence);
        Text(writer, DetectionColumns.EventMessage, detection.Title);
        Text(writer, DetectionColumns.DvcHostname, detection.Host);
        Process(writer, detection.Process);
        Destination(writer, detection.Destination);
        Text(writer, DetectionColumns.SettingsVersion, detection.SettingsVersion);
        writer.WritePropertyName(DetectionColumns.Evidence);
        writer.WriteRawValue(Evidence(detection.Evidence), skipInputValidation: true);
        Text(writer, DetectionColumns.SuppressedReason, detection.Suppressed?.Reason);
        Text(writer, DetectionColumns.SuppressedBy, detection.Suppressed?.Author);
        Time(writer, DetectionColumns.SuppressedUntil, detection.Suppressed?.Expires);
        Text(writer, DetectionColumns.SupersededBy, detection.SupersededBy?.ToString());
        if (detection.Withdrawn)
        {
            writer.WriteBoolean(DetectionColumns.Withdrawn, true);
        }

        Hunting(writer, detection);

        writer.WriteEndObject();
    }

    /// <summary>One record as UTF-8.</summary>
    /// <param name="detection">The detection.</param>
    /// <param name="written">When it is written.</param>
    public static byte[] ToUtf8(Detection detection, DateTimeOffset written)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            Write(writer, detection, written);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Process(Utf8JsonWriter writer, ProcessFields? process)
    {
        Text(writer, DetectionColumns.ProcessKey, process?.Key?.ToString());
        Text(writer, DetectionColumns.ActingProcessId, process?.Pid?.ToString(CultureInfo.InvariantCulture));
        Text(writer, DetectionColumns.ActingProcessGuid, process?.Guid);
        Text(writer, DetectionColumns.ActingProcessName, process?.Image);
        Text(writer, DetectionColumns.ActingProcessCommandLine, process?.CommandLine);
        Text(writer, DetectionColumns.ParentProcessName, process?.ParentImage);
        Text(writer, DetectionColumns.ActorUsername, process?.User);
        Text(writer, DetectionColumns.ActingProcessSHA256, process?.Hash);
        if (process?.Signed is { } signed)
        {
            writer.WriteBoolean(DetectionColumns.ActingProcessSigned, signed);
        }

        Text(writer, DetectionColumns.ActingProcessSigner, process?.Signer);
    }

    private static void Destination(Utf8JsonWriter writer, DetectionDestination? destination)
    {
        if (destination is null)
        {
            return;
        }

        Text(writer, DetectionColumns.DstIpAddr, destination.Ip.ToString());
        writer.WriteNumber(DetectionColumns.DstPortNumber, destination.Port);
        Text(writer, DetectionColumns.NetworkProtocol, destination.Protocol);
        Text(writer, DetectionColumns.DstHostname, destination.Name);
    }

    private static void Hunting(Utf8JsonWriter writer, Detection detection)
    {
        if (detection.CommunityIds.Count > 0)
        {
            writer.WriteStartArray(DetectionColumns.CommunityIds);
            foreach (string id in detection.CommunityIds)
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
        }

        Text(writer, DetectionColumns.WiresharkFilter, HuntingFilters.Wireshark(detection));
        Text(writer, DetectionColumns.HuntingQuery, HuntingFilters.Kql(detection));
    }

    private static byte[] Evidence(IReadOnlyList<EvidencePiece> evidence)
    {
        byte[] json = Evidence(evidence, evidence.Count, int.MaxValue, int.MaxValue);
        for (int chars = KeptDetailChars; json.Length > MaxEvidenceBytes; chars /= 4)
        {
            json = Evidence(evidence, KeptEvidence, KeptIds, chars);
        }

        return json;
    }

    private static byte[] Evidence(IReadOnlyList<EvidencePiece> evidence, int count, int ids, int chars)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            writer.WriteStartArray();
            foreach (EvidencePiece each in evidence.Take(count))
            {
                writer.WriteStartObject();
                writer.WriteString("kind", each.Kind);
                Time(writer, "time", each.Time);
                writer.WriteNumber("weight", each.Weight);
                writer.WriteString("detail", Short(each.Detail, chars));
                writer.WriteStartArray("observationIds");
                foreach (ObservationId id in each.ObservationIds.Take(ids))
                {
                    writer.WriteStringValue(id.ToString());
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Text(Utf8JsonWriter writer, string column, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(column, Short(text, MaxTextChars));
        }
    }

    private static void Time(Utf8JsonWriter writer, string column, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(column, ObservationJson.Iso(value));
        }
    }

    /// <summary>The first characters of a text, without half of a pair at the end.</summary>
    private static string Short(string text, int chars) =>
        text.Length <= chars ? text : text[..(char.IsHighSurrogate(text[chars - 1]) ? chars - 1 : chars)];
}
