using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Telemetry.Captures;

namespace CipherWatch.Cli.Scoring;

/// <summary>Scores the flows of a packet capture.</summary>
internal static class CaptureSamples
{
    /// <summary>One row a flow, by first packet; one without payload is insufficient.</summary>
    /// <param name="stream">The capture, decompressed.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="fault">Why it could not be read to its end; null where it was.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public static IReadOnlyList<ScoredSample> Score(Stream stream, string name, out string? fault, CancellationToken cancellationToken)
    {
        List<(int Number, ScoredSample Sample)> samples = [];
        try
        {
            CaptureSummary summary = CaptureReader.Read(
                stream,
                flow => samples.Add((flow.Number, Of(flow, name))),
                cancellationToken);
            fault = summary.Fault ?? (summary is { Flows: 0, PacketsKept: > 0 }
                ? $"none of its packets is of a link type that is read: {string.Join(", ", summary.Unread.Keys)}."
                : null);
        }
        catch (InvalidDataException)
        {
            fault = "compressed data is cut short or damaged: what came before was read and stands.";
        }

        return [.. samples.OrderBy(sample => sample.Number).Select(sample => sample.Sample)];
    }

    private static ScoredSample Of(CapturedFlow flow, string name)
    {
        FlowScore judged = flow.Score();

        // The numbers are those of the direction that speaks for the flow's verdict, the longer one where both do.
        DirectionScore[] directions = [.. new[] { judged.Out, judged.In }
            .OrderByDescending(direction => direction.Verdict == judged.Verdict).ThenByDescending(direction => direction.Sampled)];
        long payload = flow.Out.PayloadBytes + flow.In.PayloadBytes;
        PayloadScore first = directions[0].First ?? new() { Length = (int)Math.Min(payload, int.MaxValue) };
        PayloadScore score = first with
        {
            Verdict = judged.Verdict,
            Protocol = judged.Protocol,
            Container = judged.Container,
            Encoding = judged.Encoding,
            XorKeyLength = judged.XorKeyLength,
            EcbRepeats = judged.EcbRepeats,
            BlockMultiple = judged.BlockMultiple,
        };
        return new(name, flow.ToString(), score, judged.Handshake);
    }
}
