using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>Judges a flow from its two directions and what is known of its key exchange.</summary>
public static class FlowScorer
{
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
        DirectionScore sent = DirectionScore.Of(outward, threshold);
        DirectionScore answered = DirectionScore.Of(inward, threshold);
        string? together = outward.Context.Transport == Transport.Udp
            ? DatagramFlow.Recognise(outward.Payloads, inward.Payloads) : StreamFlow.Recognise(outward, inward);
        sent = sent with { Protocol = sent.Protocol ?? together };
        FlowEvidence evidence = FlowEvidence.Of(threshold, sent.Evidence, answered.Evidence);
        string? protocol = sent.Protocol ?? answered.Protocol;
        bool isNamed = protocol is not null;
        return new FlowScore
        {
            Verdict = isNamed ? PayloadVerdict.Protocol : evidence.Verdict,
            Handshake = handshake,
            Protocol = protocol,
            Container = sent.First?.Container ?? answered.First?.Container,
            Encoding = sent.First?.Encoding ?? answered.First?.Encoding,

            // What a known protocol repeats, or looks like under a key, is no finding.
            XorKeyLength = isNamed || evidence.XorKeyLength == 0 ? null : evidence.XorKeyLength,
            EcbRepeats = isNamed ? 0 : evidence.EcbRepeats,
            BlockMultiple = sent.First?.BlockMultiple ?? answered.First?.BlockMultiple ?? sent.BlockMultiple ?? answered.BlockMultiple,
            Carried = evidence.Carried,
            Out = sent,
            In = answered,
        };
    }
}
