using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>Judges a flow from its two directions and what is known of its key exchange.</summary>
public static class FlowScorer
{
    /// <summary>
    /// Bytes from which one encrypted direction speaks for a flow whose other direction says nothing. Shorter single
    /// directions are protocols with a random first field (an identifier, a nonce).
    /// </summary>
    public const int AloneFrom = 256;

    /// <summary>Judges a flow.</summary>
    /// <param name="outward">What the initiator sent.</param>
    /// <param name="inward">What the responder sent.</param>
    /// <param name="handshake">The flow's key exchange.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    public static FlowScore Score(
        FlowPayload outward, FlowPayload inward, Handshake handshake, double threshold = LengthCorrected.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(outward);
        ArgumentNullException.ThrowIfNull(inward);
        var sent = DirectionScore.Of(outward, threshold);
        if (sent.Protocol is null && StreamFlow.Recognise(outward, inward) is { } name)
        {
            sent = sent with { Protocol = name, Verdict = PayloadVerdict.Protocol };
        }

        return Judge(sent, DirectionScore.Of(inward, threshold), handshake);
    }

    /// <summary>Judges a flow whose directions are already judged.</summary>
    public static FlowScore Judge(DirectionScore outward, DirectionScore inward, Handshake handshake)
    {
        ArgumentNullException.ThrowIfNull(outward);
        ArgumentNullException.ThrowIfNull(inward);
        var verdict = Verdict(outward, inward);
        var named = verdict == PayloadVerdict.Protocol;
        return new FlowScore
        {
            Verdict = verdict,
            Handshake = handshake,
            Protocol = outward.Protocol ?? inward.Protocol,
            Container = outward.First?.Container ?? inward.First?.Container,
            Encoding = outward.First?.Encoding ?? inward.First?.Encoding,
            // What a known protocol repeats or looks like under a key is its own affair.
            XorKeyLength = named ? null : outward.First?.XorKeyLength ?? inward.First?.XorKeyLength,
            EcbRepeats = named ? 0 : (outward.First?.EcbRepeats ?? 0) + (inward.First?.EcbRepeats ?? 0),
            BlockMultiple = outward.First?.BlockMultiple ?? inward.First?.BlockMultiple ?? outward.BlockMultiple ?? inward.BlockMultiple,
            Out = outward,
            In = inward,
        };
    }

    private static PayloadVerdict Verdict(DirectionScore outward, DirectionScore inward)
    {
        // One direction is enough to name a protocol, a key or a container; ciphertext must not be contradicted.
        if (Either(PayloadVerdict.Protocol))
        {
            return PayloadVerdict.Protocol;
        }

        if (Either(PayloadVerdict.Xor))
        {
            return PayloadVerdict.Xor;
        }

        if (Either(PayloadVerdict.Encrypted) && (IsConfirmed(outward, inward) || IsConfirmed(inward, outward)))
        {
            return PayloadVerdict.Encrypted;
        }

        foreach (var verdict in (ReadOnlySpan<PayloadVerdict>)
            [PayloadVerdict.Encoded, PayloadVerdict.Compressed, PayloadVerdict.Text, PayloadVerdict.Binary])
        {
            if (Either(verdict))
            {
                return verdict;
            }
        }

        return PayloadVerdict.Insufficient;

        bool Either(PayloadVerdict verdict) => outward.Verdict == verdict || inward.Verdict == verdict;
    }

    private static bool IsConfirmed(DirectionScore encrypted, DirectionScore other) =>
        encrypted.Verdict == PayloadVerdict.Encrypted
        && (other.Verdict == PayloadVerdict.Encrypted
            || (encrypted.First?.EcbRepeats > 0)
            || (encrypted.Sampled >= AloneFrom && (other.Verdict == PayloadVerdict.Insufficient || other.Sampled < SampleLengths.Verdict)));
}
