using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>What the payload of one flow shows under a threshold, by the samples of both its directions.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="IsRandom">A direction looks random in most of its samples, and no direction says what the flow is.</param>
/// <param name="BothWays">Both directions look random.</param>
/// <param name="XorKeyLength">Key length of a repeating XOR; 0 where there is none.</param>
/// <param name="EcbRepeats">Repeated cipher blocks.</param>
/// <param name="Together">Its random-looking samples, summed.</param>
/// <param name="LowestScore">Lowest score among them, fixed point.</param>
internal readonly record struct PayloadFinding(
    FlowSummary Flow, bool IsRandom, bool BothWays, int XorKeyLength, int EcbRepeats, SampleSum Together, int LowestScore)
{
    /// <summary>Whether a key exchange was seen on the flow.</summary>
    public bool HasKeyExchange => Flow.Handshake is Handshake.Hello or Handshake.Resumed or Handshake.Established;

    /// <summary>Judges a flow's samples.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="threshold">Score, 0–8, from which a sample is random-looking.</param>
    public static PayloadFinding Of(FlowSummary flow, double threshold)
    {
        ArgumentNullException.ThrowIfNull(flow);
        int minimum = (int)Math.Round(threshold * PayloadFact.Scale);
        int xor = 0, ecb = 0, randomWays = 0, lowest = int.MaxValue;
        bool contradicted = false;
        SampleSum together = default;
        foreach (FlowEnd speaker in (ReadOnlySpan<FlowEnd>)[FlowEnd.First, FlowEnd.Second, FlowEnd.Unknown])
        {
            int random = 0, against = 0;
            foreach (PayloadFact payload in flow.Payloads)
            {
                if (flow.EndOf(payload.Speaker) != speaker)
                {
                    continue;
                }

                xor = Math.Max(xor, payload.XorKeyLength);
                ecb = Math.Max(ecb, payload.EcbRepeats);
                contradicted |= payload.Verdict == PayloadVerdict.Protocol;
                if (payload.Sampled < SampleLengths.Accumulate || payload.Score < 0)
                {
                    continue;
                }

                bool passes = Passes(payload, minimum);
                random += passes ? 1 : 0;
                against += passes ? 0 : 1;
                together = passes ? together.Add(payload) : together;
                lowest = passes ? Math.Min(lowest, payload.Score) : lowest;
            }

            randomWays += random > 0 && random >= against ? 1 : 0;
            contradicted |= against > random;
        }

        return new(flow, randomWays > 0 && !contradicted, randomWays > 1, xor, ecb, together, lowest == int.MaxValue ? 0 : lowest);
    }

    /// <summary>Whether one sample looks random. Under the shipped threshold, bytes that the shipped verdict calls binary may.</summary>
    private static bool Passes(in PayloadFact payload, int minimum)
    {
        int shipped = (int)Math.Round(LengthCorrected.DefaultThreshold * PayloadFact.Scale);
        return payload.Score >= minimum && (payload.Verdict is PayloadVerdict.Encrypted
            || (payload.Sampled < SampleLengths.Verdict && payload.Verdict is PayloadVerdict.Insufficient)
            || (minimum < shipped && payload.Score < shipped && payload.Verdict is PayloadVerdict.Binary));
    }
}
