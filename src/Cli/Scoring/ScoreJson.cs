using System.Text.Json;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry;

namespace CipherWatch.Cli.Scoring;

/// <summary>Writes scored samples as JSON, in a fixed order of fields; absent when unknown.</summary>
internal static class ScoreJson
{
    /// <summary>Decimals kept of a statistic, as in observations.</summary>
    private const int Decimals = 4;

    /// <summary>Writes one sample as one object.</summary>
    public static void Write(Utf8JsonWriter writer, ScoredSample sample)
    {
        writer.WriteStartObject();
        writer.WriteString("file", sample.File);
        WriteText(writer, "flow", sample.Flow);
        WriteFields(writer, sample.Score);
        WriteText(writer, "handshake", sample.Handshake is { } handshake ? Words.Of(handshake) : null);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, PayloadScore score)
    {
        writer.WriteNumber("length", score.Length);
        writer.WriteNumber("sampled", score.Sampled);
        WriteDecimal(writer, "entropy", score.Entropy);
        WriteDecimal(writer, "expectedEntropy", score.ExpectedEntropy);
        WriteDecimal(writer, "score", score.Score);
        WriteDecimal(writer, "z", score.Z);
        writer.WriteString("verdict", ScoreText.Verdict(score));
        WriteText(writer, "protocol", score.Protocol);
        WriteText(writer, "container", score.Container);
        WriteText(writer, "encoding", score.Encoding);
        WriteWhole(writer, "xorKeyLength", score.XorKeyLength);
        WriteWhole(writer, "ecbRepeats", score.EcbRepeats > 0 ? score.EcbRepeats : null);
        WriteWhole(writer, "blockMultiple", score.BlockMultiple);
        WriteNested(writer, "decoded", score.Decoded);
        WriteNested(writer, "body", score.Body);
    }

    private static void WriteNested(Utf8JsonWriter writer, string name, PayloadScore? score)
    {
        if (score is not null)
        {
            writer.WriteStartObject(name);
            WriteFields(writer, score);
            writer.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteWhole(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteDecimal(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, Math.Round((decimal)number, Decimals));
        }
    }
}
