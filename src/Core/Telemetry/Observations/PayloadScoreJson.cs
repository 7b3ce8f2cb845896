using System.Text.Json;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>Writes judgements as JSON, in a fixed order of fields; absent when unknown. The same locally and in Azure.</summary>
public static class PayloadScoreJson
{
    /// <summary>
    /// Writes the fields of a judgement into an object that is open: <c>length, sampled, entropy, expectedEntropy, score, z, verdict</c>,
    /// what was recognised, and the judgements of what it decodes to and of HTTP bodies, as objects of the same fields.
    /// </summary>
    public static void WriteFields(Utf8JsonWriter writer, PayloadScore score)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(score);
        writer.WriteNumber("length", score.Length);
        writer.WriteNumber("sampled", score.Sampled);
        writer.WriteDecimal("entropy", score.Entropy);
        writer.WriteDecimal("expectedEntropy", score.ExpectedEntropy);
        writer.WriteDecimal("score", score.Score);
        writer.WriteDecimal("z", score.Z);
        writer.WriteString("verdict", score.Verdict.Word());
        writer.WriteText("protocol", score.Protocol);
        writer.WriteText("container", score.Container);
        writer.WriteText("encoding", score.Encoding);
        writer.WriteWhole("xorKeyLength", score.XorKeyLength);
        writer.WriteWhole("ecbRepeats", score.EcbRepeats > 0 ? score.EcbRepeats : null);
        writer.WriteWhole("blockMultiple", score.BlockMultiple);
        writer.WriteText("cover", score.Cover == BodyCover.None || !score.IsHidden ? null : score.Cover.Word());
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
}
