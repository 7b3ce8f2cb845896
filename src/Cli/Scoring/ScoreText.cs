using System.Globalization;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Scoring;

/// <summary>Words for a judgement.</summary>
internal static class ScoreText
{
    /// <summary>The verdict's name.</summary>
    public static string Verdict(PayloadScore score) => score.Verdict.Word();

    /// <summary>What was recognised, in a few words; empty where nothing was.</summary>
    public static string Recognised(PayloadScore score)
    {
        List<string> parts = [];
        Add(parts, score.Protocol, string.Empty);
        Add(parts, score.Container, string.Empty);
        Add(parts, score.Encoding, string.Empty);
        Add(parts, Whole(score.XorKeyLength), "key bytes: ");
        Add(parts, score.EcbRepeats > 0 ? Whole(score.EcbRepeats) : null, "repeated blocks: ");
        Add(parts, Whole(score.BlockMultiple), "block bytes: ");
        Add(parts, score.Decoded is { } decoded ? Verdict(decoded) : null, "decodes to: ");
        Add(parts, score.Body is { } body ? Verdict(body) : null, "HTTP body: ");
        return string.Join(", ", parts);
    }

    private static string? Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static void Add(List<string> parts, string? value, string label)
    {
        if (value is not null)
        {
            parts.Add(label + value);
        }
    }
}
