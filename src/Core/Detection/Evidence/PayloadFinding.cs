using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry;

namespace CipherWatch.Core.Detection;

/// <summary>What the payload of one flow shows, judged by its samples together under a threshold.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="IsRandom">Its bytes are indistinguishable from random, and nothing recognised explains that.</param>
/// <param name="XorKeyLength">Key length of a repeating XOR; 0 where there is none.</param>
/// <param name="EcbRepeats">Repeated cipher blocks.</param>
/// <param name="Samples">Samples judged.</param>
/// <param name="BytesSampled">Bytes in them.</param>
/// <param name="LowestScore">Lowest score of the samples that count as random.</param>
internal readonly record struct PayloadFinding(
    FlowSummary Flow, bool IsRandom, int XorKeyLength, int EcbRepeats, int Samples, int BytesSampled, double LowestScore)
{
    /// <summary>Deviations are clipped here before they are summed, so that one odd sample does not outvote the rest.</summary>
    private const long ClipZ = 4 * PayloadFact.Scale;

    /// <summary>Samples under 64 bytes judge nothing alone; this many bytes of them together do.</summary>
    private const int AccumulatedBytes = 256;

    /// <summary>Points of score per standard deviation. Source: the definition of the score, 8 + 0.32 z.</summary>
    private const double PointsPerZ = 0.32;

    /// <summary>Whether a key exchange was seen on the flow.</summary>
    public bool HasKeyExchange => Flow.Handshake is Handshake.Hello or Handshake.Resumed or Handshake.Established;

    /// <summary>Judges a flow's samples.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="threshold">Score, 0–8, from which a sample is random-looking.</param>
    public static PayloadFinding Of(FlowSummary flow, double threshold)
    {
        ArgumentNullException.ThrowIfNull(flow);
        int minimum = (int)Math.Round(threshold * PayloadFact.Scale);
        int shipped = (int)Math.Round(LengthCorrected.DefaultThreshold * PayloadFact.Scale);
        int random = 0, against = 0, bytes = 0, shortBytes = 0, xor = 0, ecb = 0, lowest = int.MaxValue;
        long sum = 0;
        int summed = 0;
        foreach (PayloadFact payload in flow.Payloads)
        {
            bytes += payload.Sampled;
            xor = Math.Max(xor, payload.XorKeyLength);
            ecb = Math.Max(ecb, payload.EcbRepeats);
            if (payload.Sampled < SampleLengths.Accumulate || payload.Score < 0)
            {
                continue;
            }

            bool shortSample = payload.Sampled < SampleLengths.Verdict;
            bool passes = payload.Score >= minimum && (payload.Verdict is PayloadVerdict.Encrypted
                || (shortSample && payload.Verdict is PayloadVerdict.Insufficient)
                || (minimum < shipped && payload.Score < shipped && payload.Verdict is PayloadVerdict.Binary));
            random += passes && !shortSample ? 1 : 0;
            against += passes ? 0 : 1;
            shortBytes += shortSample ? payload.Sampled : 0;
            lowest = passes ? Math.Min(lowest, payload.Score) : lowest;
            sum += Math.Clamp(payload.Z, -ClipZ, ClipZ);
            summed++;
        }

        // Ciphertext sums to nothing; compressed data leans the same way in every sample, and the sum shows it.
        double together = summed == 0 ? 0 : sum / (PayloadFact.Scale * Math.Sqrt(summed));
        bool accumulates = together >= (threshold - 8) / PointsPerZ;
        bool isRandom = accumulates && ((random > 0 && random >= against) || (random == 0 && against == 0 && shortBytes >= AccumulatedBytes));
        return new(flow, isRandom, xor, ecb, flow.Payloads.Length, bytes, lowest == int.MaxValue ? 0 : lowest / (double)PayloadFact.Scale);
    }
}
