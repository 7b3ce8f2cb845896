using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>The judgement of one direction of a flow.</summary>
public sealed record DirectionScore
{
    /// <summary>
    /// Payloads of a direction that are judged together: as many as fit a flow's facts both ways. Further ones
    /// only help to name its protocol.
    /// </summary>
    public const int MaxSamples = 3;

    /// <summary>Judgement of the payload that stands for the direction in print; null without one.</summary>
    public PayloadScore? First { get; init; }

    /// <summary>Judgements of its payloads, in their order.</summary>
    public IReadOnlyList<PayloadScore> Scores { get; init; } = [];

    /// <summary>Protocol that the direction's payloads name, alone or together.</summary>
    public string? Protocol { get; init; }

    /// <summary>Block size that the lengths are multiples of.</summary>
    public int? BlockMultiple { get; init; }

    /// <summary>What its samples say together.</summary>
    public DirectionEvidence Evidence { get; init; } = DirectionEvidence.None;

    /// <summary>Bytes that were scored.</summary>
    public int Sampled { get; init; }

    /// <summary>Verdict of the direction as a whole.</summary>
    public PayloadVerdict Verdict => Protocol is null ? Evidence.Verdict : PayloadVerdict.Protocol;

    /// <summary>Judges what was kept of a direction.</summary>
    /// <param name="payload">The direction.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public static DirectionScore Of(FlowPayload payload, double threshold = LengthCorrected.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(payload);
        PayloadScore? first = null;
        string? protocol = null;
        Span<SampleFact> samples = stackalloc SampleFact[2 * MaxSamples];
        int sampled = 0, facts = 0;
        PayloadScore[] scores = new PayloadScore[payload.Payloads.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            PayloadScore score = PayloadScorer.Score(payload.Payloads[i].Span, payload.Context, threshold);
            scores[i] = score;
            protocol ??= score.Protocol;
            first = first is null || (first.Sampled < SampleLengths.Verdict && score.Sampled > first.Sampled) ? score : first;
            sampled += score.Sampled;
            if (i < MaxSamples)
            {
                samples[facts++] = SampleFact.Of(score);
                if (score.Body is { } body)
                {
                    samples[facts++] = SampleFact.Of(body);
                }
            }
        }

        if (payload.Context.Transport == Transport.Udp)
        {
            protocol ??= DatagramFlow.Recognise(payload.Payloads, payload.Context);
        }

        return new()
        {
            First = first,
            Scores = scores,
            Protocol = protocol,
            BlockMultiple = BlockShape.Multiple([.. payload.Lengths]),
            Evidence = DirectionEvidence.Of(samples[..facts], threshold),
            Sampled = sampled,
        };
    }
}
