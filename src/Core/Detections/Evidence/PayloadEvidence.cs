using System.Globalization;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>What the payloads of a set of flows add to a detection.</summary>
/// <param name="IsEvidence">Whether any payload speaks for a hidden channel.</param>
/// <param name="HasKeyExchange">Whether keys were exchanged on any of the flows.</param>
/// <param name="Flow">The flow that speaks most; null where none does.</param>
/// <param name="Description">What its payload is, for a title.</param>
/// <param name="RandomFlows">Flows whose payload looks random.</param>
internal readonly record struct PayloadEvidence(bool IsEvidence, bool HasKeyExchange, FlowSummary? Flow, string Description, int RandomFlows)
{
    /// <summary>Adds the evidence of the flows' payloads.</summary>
    /// <param name="evidence">Where it is added.</param>
    /// <param name="flows">The flows, in the order of their keys.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    /// <param name="allowed">Whether random payload is expected of the process; XOR and ECB never are.</param>
    public static PayloadEvidence Add(EvidenceList evidence, IReadOnlyList<FlowSummary> flows, double threshold, bool allowed)
    {
        PayloadFinding[] findings = [.. flows.Where(flow => !flow.Payloads.IsEmpty).Select(flow => PayloadFinding.Of(flow, threshold))];
        bool keyExchange = flows.Any(flow => flow.Handshake is Handshake.Hello or Handshake.Resumed or Handshake.Established);
        if (keyExchange)
        {
            FlowSummary tls = flows.First(flow => flow.Handshake is Handshake.Hello or Handshake.Resumed or Handshake.Established);
            evidence.Add(EvidenceKind.TlsHandshake, $"Keys were exchanged on the channel ({tls.Handshake.Word()}): asymmetric cryptography, T1573.002", Time(tls), Ids(tls));
        }

        PayloadFinding[] random = Confirmed(findings, threshold);
        PayloadFinding[] xor = [.. findings.Where(finding => finding.XorKeyLength > 0)];
        PayloadFinding[] ecb = [.. findings.Where(finding => finding.EcbRepeats > 0)];
        if (findings.Length == 0 && !keyExchange)
        {
            evidence.Add(EvidenceKind.PayloadInsufficient, "payload: insufficient. No payload of its connections was seen, so their randomness is not known");
        }

        PayloadFinding? speaking = null;
        string description = string.Empty;
        if (random.Length > 0 && allowed)
        {
            evidence.Add(EvidenceKind.EncryptedNoHandshake, "Random payload, which AllowedCryptoProcesses expects of this process", percent: 0);
        }
        else if (random.Length > 0)
        {
            PayloadFinding[] bare = [.. random.Where(finding => finding.Flow.Handshake == Handshake.None)];
            (speaking, description) = bare.Length > 0 ? (bare[0], "encrypted payload without a key exchange") : (random[0], "random-looking payload");
            AddRandom(evidence, bare.Length > 0 ? bare : random, bare.Length > 0);
        }

        if (xor.Length > 0)
        {
            (speaking, description) = (speaking ?? xor[0], speaking is null ? "payload under a repeating XOR key" : description);
            evidence.Add(
                EvidenceKind.PayloadXor,
                string.Create(CultureInfo.InvariantCulture, $"Payload under a repeating XOR key of {xor[0].XorKeyLength} bytes, on {xor.Length} flow(s)"),
                Time(xor[0].Flow), xor.SelectMany(finding => Ids(finding.Flow)));
        }

        if (ecb.Length > 0)
        {
            (speaking, description) = (speaking ?? ecb[0], speaking is null ? "payload in a block cipher's ECB mode" : description);
            evidence.Add(
                EvidenceKind.PayloadEcb,
                string.Create(CultureInfo.InvariantCulture, $"{ecb[0].EcbRepeats} repeated cipher blocks in one sample: a block cipher in ECB mode"),
                Time(ecb[0].Flow), ecb.SelectMany(finding => Ids(finding.Flow)));
        }

        return new(speaking is not null, keyExchange, speaking?.Flow, description, random.Length);
    }

    /// <summary>When a flow was first seen.</summary>
    public static DateTimeOffset? Time(FlowSummary flow) =>
        flow.Seen.First is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first.Time.Ms) : null;

    /// <summary>
    /// Flows whose randomness holds up: of both directions, or of enough bytes to one destination (one short direction may be a
    /// protocol's identifier or nonce), and still random when all samples to that destination are summed.
    /// </summary>
    private static PayloadFinding[] Confirmed(PayloadFinding[] findings, double threshold) =>
    [
        .. findings.Where(finding => finding.IsRandom && !finding.HasKeyExchange)
            .GroupBy(finding => (finding.Flow.DestinationIp, finding.Flow.DestinationPort))
            .Where(group => group.Aggregate(default(SampleSum), static (sum, finding) => sum.Add(finding.Together)) is var sum
                && sum.IsRandom(threshold) && (sum.Bytes >= FlowScorer.AloneFrom || group.Any(finding => finding.BothWays)))
            .SelectMany(group => group),
    ];

    private static void AddRandom(EvidenceList evidence, PayloadFinding[] findings, bool startSeen)
    {
        PayloadFinding first = findings[0];
        SampleSum together = findings.Aggregate(default(SampleSum), static (sum, finding) => sum.Add(finding.Together));
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"Payload is indistinguishable from random on {findings.Length} flow(s): {together.Samples} sample(s), {together.Bytes} bytes, score at least {findings.Min(finding => finding.LowestScore) / (double)PayloadFact.Scale:0.00} of 8; ")
            + (startSeen ? "the start of the flow was seen and holds no key exchange" : "whether keys were exchanged was not seen");
        evidence.Add(
            startSeen ? EvidenceKind.EncryptedNoHandshake : EvidenceKind.EncryptedHandshakeUnseen, detail, Time(first.Flow), findings.SelectMany(finding => Ids(finding.Flow)));
    }

    private static IEnumerable<ObservationId> Ids(FlowSummary flow) =>
        flow.Payloads.IsEmpty ? flow.Seen.Sample.Select(seen => seen.Id) : flow.Payloads.Select(payload => payload.Observation);
}
