using System.Text.Json;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Scoring;

/// <summary>Writes scored samples as JSON, in a fixed order of fields; absent when unknown.</summary>
internal static class ScoreJson
{
    /// <summary>Writes one sample as one object.</summary>
    public static void Write(Utf8JsonWriter writer, ScoredSample sample)
    {
        writer.WriteStartObject();
        writer.WriteString("file", sample.File);
        if (sample.Flow is { } flow)
        {
            writer.WriteString("flow", flow);
        }

        PayloadScoreJson.WriteFields(writer, sample.Score);
        if (sample.Handshake is { } handshake && handshake.Word() is { } word)
        {
            writer.WriteString("handshake", word);
        }

        writer.WriteEndObject();
    }
}
