using System.Globalization;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>What the payloads of a set of flows add to a detection.</summary>
/// <param name="IsEvidence">Whether any payload speaks for a hidden channel.</param>
/// <param name="HasKeyExchange">Whether keys were exchanged on any of the flows.</param>
/// <param name="Flow">The flow with the strongest evidence; null where none has any.</param>
/// <param name="Description">What its payload is, for a title.</param>
/// <param name="RandomFlows">Flows whose payload looks random.</param>
/// <param name="IsWeak">Whether no more speaks than bodies that are fetched or written in letters.</param>
internal readonly record struct PayloadEvidence(
    bool IsEvidence, bool HasKeyExchange, FlowSummary? Flow, string Description, int RandomFlows, bool IsWeak)
{
    /// <summary>Datagrams to one destination that may go unanswered before they are a channel that only sends.</summary>
    private const int MaxUnanswered = 3;

    private const int FullPercent = 100, UnansweredPercent = 40, LoosePercent = 60;

    /// <summary>Adds the evidence of the flows' payloads.</summary>
    /// <param name="evidence">Where it is added.</param>
    /// <param name="flows">The flows, in the order of their keys.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    /// <param name="isExpected">Whether random payload is expected of the process whose flow it is; XOR and ECB never are.</param>
    public static PayloadEvidence Add(
        EvidenceList evidence, IReadOnlyList<FlowSummary> flows, double threshold, Func<FlowSummary, bool> isExpected)
    {
        PayloadFinding[] findings = [.. flows.Where(flow => !flow.Payloads.IsEmpty).Select(flow => PayloadFinding.Of(flow, threshold))];
        FlowSummary? exchange = flows.FirstOrDefault(
            flow => flow.Handshake is Handshake.Hello or Handshake.Resumed or Handshake.Established);
        if (exchange is not null)
        {
            evidence.Add(
                EvidenceKind.TlsHandshake,
                $"Keys were exchanged on the channel ({exchange.Handshake.Word()}): asymmetric cryptography, T1573.002",
                [exchange]);
        }
        else if (findings.Length == 0)
        {
            evidence.Add(
                EvidenceKind.PayloadInsufficient,
                "payload: insufficient. No payload of its connections was seen, so their randomness is not known");
        }

        ILookup<bool, PayloadFinding> byExpectation = findings.ToLookup(finding => isExpected(finding.Flow));
        PayloadFinding[] random = Confirmed(byExpectation[false], threshold);
        (PayloadFinding? speaking, string description) = (null, string.Empty);
        if (Confirmed(byExpectation[true], threshold).Length > 0)
        {
            evidence.Add(
                EvidenceKind.EncryptedNoHandshake, "Random payload, which AllowedCryptoProcesses expects of this process", percent: 0);
        }

        if (random.Length > 0)
        {
            PayloadFinding[] bare = [.. random.Where(finding => finding.Flow.Handshake == Handshake.None)];
            bool startSeen = bare.Length > 0;
            description = startSeen ? "encrypted payload without a key exchange" : "random-looking payload";
            speaking = startSeen ? bare[0] : random[0];
            AddRandom(evidence, startSeen ? bare : random, startSeen);
        }

        CarriedPayload carried = exchange is not null ? default : CarriedPayload.Add(evidence, [.. byExpectation[false]], threshold);
        bool isWeak = carried.IsWeak && speaking is null;
        if (carried.Flows > 0 && speaking is null)
        {
            (speaking, description) = (carried.First, "encrypted bodies inside a recognised protocol");
        }

        PayloadFinding[] xor = [.. findings.Where(finding => finding.Payload.XorKeyLength > 0)];
        if (xor.Length > 0)
        {
            (speaking, description) = speaking is null ? (xor[0], "payload under a repeating XOR key") : (speaking, description);
            string detail = string.Create(
                CultureInfo.InvariantCulture,
                $"Payload under a repeating XOR key of {xor[0].Payload.XorKeyLength} bytes, on {xor.Length} flow(s){Joined(xor)}");
            evidence.Add(EvidenceKind.PayloadXor, detail, [.. xor.Select(finding => finding.Flow)], Percent(xor));
        }

        PayloadFinding[] ecb = [.. findings.Where(finding => finding.Payload.EcbRepeats > 0)];
        if (ecb.Length > 0)
        {
            (speaking, description) = speaking is null ? (ecb[0], "payload in a block cipher's ECB mode") : (speaking, description);
            string detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{ecb[0].Payload.EcbRepeats} repeated cipher blocks in one sample: a block cipher in ECB mode{Joined(ecb)}");
            evidence.Add(EvidenceKind.PayloadEcb, detail, [.. ecb.Select(finding => finding.Flow)], Percent(ecb));
        }

        return new(speaking is not null, exchange is not null, speaking?.Flow, description, Math.Max(random.Length, carried.Flows),
            isWeak && xor.Length == 0 && ecb.Length == 0);
    }

    /// <summary>When a flow was first seen.</summary>
    public static DateTimeOffset? Time(FlowSummary flow) =>
        flow.Seen.First is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first.Time.Ms) : null;

    /// <summary>
    /// Flows whose randomness holds up: confirmed by themselves or by enough bytes to one destination, and still random when all
    /// samples to that destination are summed.
    /// </summary>
    private static PayloadFinding[] Confirmed(IEnumerable<PayloadFinding> findings, double threshold) =>
    [
        .. findings.Where(finding => finding.IsRandom)
            .GroupBy(finding => (finding.Flow.DestinationIp, finding.Flow.DestinationPort))
            .Where(group => Sum(group) is var sum && sum.IsRandom(threshold)
                && (sum.Bytes >= FlowEvidence.AloneFrom || group.Any(finding => finding.Payload.IsConfirmed)))
            .SelectMany(group => group.Where(finding => finding.Payload.Verdict != PayloadVerdict.Compressed)),
    ];

    /// <summary>
    /// Whether it is one datagram, to which nobody is known to have answered: route tracers and probes send bytes of any kind, and
    /// what nobody answers is no channel yet.
    /// </summary>
    private static bool IsUnanswered(PayloadFinding finding) =>
        finding.Flow.Key.Protocol == Protocols.Udp && finding.Flow.BytesIn == 0 && finding.Payload.Random.Samples == 1;

    private static AccumulatedEvidence Sum(IEnumerable<PayloadFinding> findings) =>
        findings.Aggregate(default(AccumulatedEvidence), static (sum, finding) => sum.Add(finding.Payload.Random));

    private static void AddRandom(EvidenceList evidence, PayloadFinding[] findings, bool startSeen)
    {
        AccumulatedEvidence together = Sum(findings);
        double score = findings.Min(finding => finding.Payload.LowestScore) / (double)SampleFact.Units;
        string amount = string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Length} flow(s): {together.Samples} sample(s), {together.Bytes} bytes, score at least {score:0.00} of 8");
        bool unanswered = findings.Length <= MaxUnanswered && findings.All(IsUnanswered);
        string answer = unanswered ? "; nobody answered" : string.Empty;
        string start = startSeen
            ? "the start of the flow was seen and holds no key exchange"
            : "whether keys were exchanged was not seen";
        evidence.Add(
            startSeen ? EvidenceKind.EncryptedNoHandshake : EvidenceKind.EncryptedHandshakeUnseen,
            $"Payload is indistinguishable from random on {amount}; {start}{answer}{Joined(findings)}",
            [.. findings.Select(finding => finding.Flow)],
            unanswered ? UnansweredPercent : Percent(findings));
    }

    /// <summary>Share of the weight of payload on flows that may be another process's to the same place.</summary>
    private static int Percent(PayloadFinding[] findings) =>
        Array.TrueForAll(findings, finding => finding.Flow.IsLoose) ? LoosePercent : FullPercent;

    private static string Joined(PayloadFinding[] findings) => Percent(findings) == FullPercent ? string.Empty
        : "; the flow is the process's by address, destination and time, as its host records no local port";

    /// <summary>The observations of a flow that evidence names.</summary>
    public static IEnumerable<ObservationId> Ids(FlowSummary flow) =>
        flow.Payloads.IsEmpty ? flow.Seen.Sample.Select(seen => seen.Id) : flow.Payloads.Select(payload => payload.Observation);
}
