using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>The judgement of one direction of a flow.</summary>
public sealed record DirectionScore
{
    /// <summary>Verdict of the direction as a whole.</summary>
    public PayloadVerdict Verdict { get; init; }

    /// <summary>Judgement of its first payload of at least <see cref="SampleLengths.Accumulate"/> bytes; null without one.</summary>
    public PayloadScore? First { get; init; }

    /// <summary>Judgements of its payloads, in their order.</summary>
    public IReadOnlyList<PayloadScore> Scores { get; init; } = [];

    /// <summary>Protocol that the direction's payloads name, alone or together.</summary>
    public string? Protocol { get; init; }

    /// <summary>Block size that the lengths are multiples of.</summary>
    public int? BlockMultiple { get; init; }

    /// <summary>Samples together.</summary>
    public AccumulatedEvidence Together { get; init; }

    /// <summary>Bytes that were scored.</summary>
    public int Sampled { get; init; }

    /// <summary>Judges what was kept of a direction.</summary>
    /// <param name="payload">The direction.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public static DirectionScore Of(FlowPayload payload, double threshold = LengthCorrected.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(payload);
        PayloadScore? first = null;
        string? protocol = null;
        var samples = payload.Samples;
        var sampled = 0;
        var scores = new PayloadScore[payload.Payloads.Count];
        for (var i = 0; i < payload.Payloads.Count; i++)
        {
            var score = PayloadScorer.Score(payload.Payloads[i].Span, payload.Context, threshold);
            scores[i] = score;
            protocol ??= score.Protocol;
            first = first is null || (first.Sampled < SampleLengths.Verdict && score.Sampled > first.Sampled) ? score : first;
            sampled += score.Sampled;
            // Place in the flow is identity enough here: these samples meet no other flow's.
            samples = SampleSet.Merge(samples, SampleSet.Of(SampleFact.Of(SampleId(i), score)));
        }

        if (payload.Context.Transport == Transport.Udp)
        {
            protocol ??= DatagramFlow.Recognise(payload.Payloads, payload.Context);
        }

        var together = AccumulatedEvidence.Of(samples);
        var judged = new DirectionScore
        {
            First = first,
            Scores = scores,
            Protocol = protocol,
            BlockMultiple = BlockShape.Multiple([.. payload.Lengths]),
            Together = together,
            Sampled = sampled,
        };
        return judged with { Verdict = Judge(judged) };
    }

    private static PayloadVerdict Judge(DirectionScore direction) => direction switch
    {
        { Protocol: not null } => PayloadVerdict.Protocol,
        { First: null, Together.Samples: 0 } => PayloadVerdict.Insufficient,
        { First.Verdict: PayloadVerdict.Encrypted, Together.IsCompressed: true, First.EcbRepeats: 0 } => PayloadVerdict.Compressed,
        { First: { Verdict: not PayloadVerdict.Insufficient } first } => first.Verdict,
        // Short samples, none of which may speak for itself.
        { Together.IsCompressed: true } => PayloadVerdict.Compressed,
        { Together.IsRandom: true } => PayloadVerdict.Encrypted,
        _ => PayloadVerdict.Insufficient,
    };

    private static ulong SampleId(int place) => unchecked((ulong)(place + 1) * 0x9E3779B97F4A7C15);
}
