using System.Buffers;
using System.Text;
using System.Text.Json;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Evaluation;

/// <summary>An evaluation as one JSON object, in a fixed order of fields.</summary>
internal static class EvaluationJson
{
    private static readonly Severity[] Severities = [Severity.High, Severity.Medium, Severity.Low];

    /// <summary>One object on one line, without its end.</summary>
    public static string ToText(EvaluationResult result)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, ObservationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("hostDays", result.HostDays);
            writer.WriteNumber("background", result.Background);
            WriteRules(writer, result);
            WriteRecall(writer, "byFamily", result.ByFamily);
            WriteRecall(writer, "byKind", result.ByKind);
            WriteRecall(writer, "byVisibility", result.ByVisibility);
            WriteFalseAlarms(writer, result);
            WriteRatios(writer, result);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRules(Utf8JsonWriter writer, EvaluationResult result)
    {
        writer.WriteStartArray("rules");
        foreach (RuleRow rule in result.Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("name", rule.Name);
            Write(writer, "recall", rule.Recall);
            Write(writer, "precision", rule.Precision);
            writer.WriteNumber("falseAlarms", rule.FalseAlarms);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRecall(Utf8JsonWriter writer, string name, IReadOnlyList<RecallRow> rows)
    {
        writer.WriteStartArray(name);
        foreach (RecallRow row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("name", row.Name);
            Write(writer, "medium", row.Medium);
            Write(writer, "any", row.Any);
            writer.WriteStartArray("missed");
            foreach (string missed in row.Missed)
            {
                writer.WriteStringValue(missed);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFalseAlarms(Utf8JsonWriter writer, EvaluationResult result)
    {
        writer.WriteStartObject("falseAlarms");
        foreach (Severity severity in Severities)
        {
            writer.WriteStartObject(severity.Word());
            writer.WriteNumber("count", result.FalseAlarms.GetValueOrDefault(severity));
            if (result.PerThousandHostDays(severity) is { } rate)
            {
                writer.WriteNumber("perThousandHostDays", Math.Round(rate, 3));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteRatios(Utf8JsonWriter writer, EvaluationResult result)
    {
        writer.WriteStartArray("likelihoodRatios");
        foreach (LikelihoodRatio ratio in result.LikelihoodRatios)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", ratio.Kind);
            writer.WriteNumber("weight", ratio.Weight);
            writer.WriteNumber("c2", ratio.OfC2);
            writer.WriteNumber("background", ratio.OfBackground);
            writer.WriteNumber("ratio", Math.Round(ratio.Ratio, 3));
            writer.WriteNumber("low", Math.Round(ratio.Low, 3));
            writer.WriteNumber("high", Math.Round(ratio.High, 3));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, WilsonInterval interval)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("hits", interval.Hits);
        writer.WriteNumber("of", interval.Of);
        if (interval.Share is { } share)
        {
            writer.WriteNumber("share", Math.Round(share, 4));
        }

        writer.WriteNumber("low", Math.Round(interval.Low, 4));
        writer.WriteNumber("high", Math.Round(interval.High, 4));
        writer.WriteEndObject();
    }
}
