using System.Buffers;
using System.Text;
using System.Text.Json;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline.WhatIf;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Runs;

/// <summary>
/// What other settings change, as one object: <c>settings {source, file?}, against {source, file?}, differingSettings [], gained [],
/// lost [], changed [], unchanged</c>. A change is
/// <c>detectionId, analyticId, host, title, change, was {severity, confidence}, is {severity, confidence},
/// evidence [{kind, was, is, detail}], settings []</c>; a side on which the detection does not stand is absent.
/// </summary>
internal static class EffectJson
{
    /// <summary>One object on one line, without its end.</summary>
    public static string ToText(SettingsEffect effect, LoadedSettings tried, LoadedSettings against)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            writer.WriteStartObject();
            WriteSettings(writer, "settings", tried);
            WriteSettings(writer, "against", against);
            WriteNames(writer, "differingSettings", effect.DifferingSettings);
            WriteChanges(writer, "gained", effect.Changes.Where(change => change.Kind == ChangeKind.Gained));
            WriteChanges(writer, "lost", effect.Changes.Where(change => change.Kind == ChangeKind.Lost));
            WriteChanges(writer, "changed", effect.Changes.Where(change => change.Kind is not (ChangeKind.Gained or ChangeKind.Lost)));
            writer.WriteNumber("unchanged", effect.Unchanged);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteSettings(Utf8JsonWriter writer, string name, LoadedSettings settings)
    {
        writer.WriteStartObject(name);
        writer.WriteString("source", settings.Source);
        if (settings.Path is { } path)
        {
            writer.WriteString("file", path);
        }

        writer.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter writer, string name, IEnumerable<DetectionChange> changes)
    {
        writer.WriteStartArray(name);
        foreach (DetectionChange change in changes)
        {
            Detection detection = change.Detection;
            writer.WriteStartObject();
            writer.WriteString("detectionId", detection.DetectionId.ToString());
            writer.WriteString("analyticId", detection.AnalyticId);
            if (detection.Host is { } host)
            {
                writer.WriteString("host", host);
            }

            writer.WriteString("title", detection.Title);
            writer.WriteString("change", change.Kind.ToString().ToLowerInvariant());
            WriteSide(writer, "was", change.Was);
            WriteSide(writer, "is", change.Is);
            WriteEvidence(writer, change.Evidence);
            WriteNames(writer, "settings", change.Settings);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSide(Utf8JsonWriter writer, string name, Detection? detection)
    {
        if (detection is not null)
        {
            writer.WriteStartObject(name);
            writer.WriteString("severity", detection.Severity.Word());
            writer.WriteNumber("confidence", detection.Confidence);
            writer.WriteEndObject();
        }
    }

    private static void WriteEvidence(Utf8JsonWriter writer, IReadOnlyList<EvidenceDifference> evidence)
    {
        writer.WriteStartArray("evidence");
        foreach (EvidenceDifference difference in evidence)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", difference.Kind);
            WriteWeight(writer, "was", difference.Was);
            WriteWeight(writer, "is", difference.Is);
            writer.WriteString("detail", difference.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteWeight(Utf8JsonWriter writer, string name, int? weight)
    {
        if (weight is { } points)
        {
            writer.WriteNumber(name, points);
        }
    }

    private static void WriteNames(Utf8JsonWriter writer, string name, IReadOnlyList<string> names)
    {
        writer.WriteStartArray(name);
        foreach (string value in names)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
