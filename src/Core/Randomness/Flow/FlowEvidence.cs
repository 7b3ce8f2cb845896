using CipherWatch.Core.Randomness.Accumulation;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>
/// What the samples of a flow say: the one judgement of a flow's payload, for <c>score</c> and for detections, so that they agree.
/// </summary>
/// <param name="Verdict">Verdict on the flow.</param>
/// <param name="IsRandom">A direction looks random sample by sample, and nothing says what the flow is.</param>
/// <param name="IsConfirmed">So do both, or there are enough bytes: one short direction may be an identifier or a nonce.</param>
/// <param name="Random">Its random-looking samples, summed.</param>
/// <param name="LowestScore">Lowest score among those, in 1/<see cref="SampleFact.Units"/>.</param>
/// <param name="XorKeyLength">Key length of a repeating XOR; 0 where there is none.</param>
/// <param name="EcbRepeats">Repeated cipher blocks of both directions.</param>
/// <param name="Carried">What the bodies say that its protocol carries.</param>
public readonly record struct FlowEvidence(
    PayloadVerdict Verdict, bool IsRandom, bool IsConfirmed, AccumulatedEvidence Random, int LowestScore, int XorKeyLength, int EcbRepeats,
    CarriedEvidence Carried)
{
    /// <summary>
    /// Bytes from which one encrypted direction speaks for a flow whose other direction says nothing. Shorter single
    /// directions are protocols with a random first field (an identifier, a nonce).
    /// </summary>
    public const int AloneFrom = 256;

    /// <summary>Judges a flow by its directions; one more where samples do not say which way they went.</summary>
    /// <param name="threshold">Score, 0–8, from which a sample is random-looking.</param>
    /// <param name="directions">The directions, in any order; those without samples may be left out.</param>
    public static FlowEvidence Of(double threshold, params ReadOnlySpan<DirectionEvidence> directions)
    {
        int ways = 0, speaking = 0, lowest = int.MaxValue, xor = 0, ecb = 0;
        bool contradicted = false, compressed = false;
        AccumulatedEvidence sum = default;
        CarriedEvidence carried = CarriedEvidence.None;
        foreach (ref readonly DirectionEvidence direction in directions)
        {
            ways += direction.IsRandom ? 1 : 0;
            speaking += direction.IsEncrypted ? 1 : 0;
            contradicted |= !direction.IsRandom && direction.Verdict != PayloadVerdict.Insufficient;
            compressed |= direction.IsRandom && direction.Random.IsCompressed;
            sum = direction.IsRandom ? sum.Add(direction.Random) : sum;
            lowest = Math.Min(lowest, direction.LowestScore);
            xor = Math.Max(xor, direction.XorKeyLength);
            ecb += direction.EcbRepeats;
            carried = carried.Add(direction.Carried);
        }

        bool named = Any(directions, PayloadVerdict.Protocol);
        bool random = ways > 0 && !contradicted && !named && xor == 0;
        bool confirmed = random && (speaking > 1 || sum.Bytes >= AloneFrom);
        PayloadVerdict verdict = named ? PayloadVerdict.Protocol
            : xor > 0 ? PayloadVerdict.Xor
            : ecb > 0 ? PayloadVerdict.Encrypted
            : random && (compressed || sum.IsCompressed) ? PayloadVerdict.Compressed
            : confirmed && sum.IsRandom(threshold) ? PayloadVerdict.Encrypted
            : Clearest(directions);
        return new(verdict, random, confirmed, sum, lowest, named ? 0 : xor, named ? 0 : ecb, carried);
    }

    private static PayloadVerdict Clearest(ReadOnlySpan<DirectionEvidence> directions)
    {
        foreach (PayloadVerdict verdict in (ReadOnlySpan<PayloadVerdict>)
            [PayloadVerdict.Encoded, PayloadVerdict.Compressed, PayloadVerdict.Text, PayloadVerdict.Binary])
        {
            if (Any(directions, verdict))
            {
                return verdict;
            }
        }

        return PayloadVerdict.Insufficient;
    }

    private static bool Any(ReadOnlySpan<DirectionEvidence> directions, PayloadVerdict verdict)
    {
        foreach (ref readonly DirectionEvidence direction in directions)
        {
            if (direction.Verdict == verdict)
            {
                return true;
            }
        }

        return false;
    }
}
