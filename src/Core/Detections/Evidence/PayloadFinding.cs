using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>What the payload of one flow shows under a threshold.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Payload">What its samples say, by the judgement that <c>score</c> gives too.</param>
/// <param name="Sent">What the bodies say that the initiator sent inside a protocol.</param>
internal readonly record struct PayloadFinding(FlowSummary Flow, FlowEvidence Payload, CarriedEvidence Sent)
{
    /// <summary>Whether a key exchange was seen on the flow.</summary>
    public bool HasKeyExchange => Flow.Handshake is Handshake.Hello or Handshake.Resumed or Handshake.Established;

    /// <summary>Whether it may count as random: alone where that is confirmed, else with others to the same destination.</summary>
    public bool IsRandom => Payload.IsRandom && !HasKeyExchange;

    /// <summary>Whether its protocol carries random bodies that nothing explains; on one flow that may be a download.</summary>
    public bool CarriesRandom => Payload.Carried.Bodies > 0 && !HasKeyExchange;

    /// <summary>Judges a flow's samples.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="threshold">Score, 0–8, from which a sample is random-looking.</param>
    public static PayloadFinding Of(FlowSummary flow, double threshold)
    {
        ArgumentNullException.ThrowIfNull(flow);
        Span<DirectionEvidence> directions = stackalloc DirectionEvidence[3];
        Span<SampleFact> samples = stackalloc SampleFact[flow.Payloads.Length];
        int count = 0;
        foreach (FlowEnd speaker in (ReadOnlySpan<FlowEnd>)[FlowEnd.First, FlowEnd.Second, FlowEnd.Unknown])
        {
            int spoken = 0;
            foreach (PayloadFact payload in flow.Payloads)
            {
                if (flow.EndOf(payload.Speaker) == speaker)
                {
                    samples[spoken++] = payload.Sample;
                }
            }

            directions[count++] = DirectionEvidence.Of(samples[..spoken], threshold);
        }

        return new(flow, FlowEvidence.Of(threshold, directions), directions[flow.InitiatorIsFirst ? 0 : 1].Carried);
    }
}
