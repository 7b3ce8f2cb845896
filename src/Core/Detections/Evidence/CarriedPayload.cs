using System.Globalization;
using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>
/// Ciphertext in the bodies of a protocol, over the flows of a channel. One body is a file that somebody fetches; what makes a channel
/// is that they come again.
/// </summary>
/// <param name="First">The flow that stands for them.</param>
/// <param name="Flows">Flows that speak; 0 where none does.</param>
/// <param name="IsWeak">Whether the bodies are only fetched, or written in letters: files and web applications have such.</param>
internal readonly record struct CarriedPayload(PayloadFinding First, int Flows, bool IsWeak)
{
    /// <summary>Flows of a channel, or bodies on one flow, from which they are repeated.</summary>
    private const int MinFlows = 2, MinBodies = 3;

    // Updates and games' content are encrypted files that are only fetched. Web applications write ciphertext in letters, but for one
    // way (a token, a view's state); both ways is how implants talk.
    private const int FullPercent = 100, BothWaysPercent = 80, WeakPercent = 50;

    /// <summary>Adds the evidence, where there is any.</summary>
    /// <param name="evidence">Where it is added.</param>
    /// <param name="findings">The flows to one destination.</param>
    /// <param name="threshold">Score from which bytes are random-looking.</param>
    public static CarriedPayload Add(EvidenceList evidence, IEnumerable<PayloadFinding> findings, double threshold)
    {
        PayloadFinding[] carrying = [.. findings.Where(finding => finding.CarriesRandom)];
        CarriedEvidence all = Sum(carrying, static finding => finding.Payload.Carried);
        if ((carrying.Length < MinFlows && all.Bodies < MinBodies) || !all.IsRandom(threshold))
        {
            return default;
        }

        CarriedEvidence sent = Sum(carrying, static finding => finding.Sent);
        bool asBytes = sent.Bodies > sent.Encoded || all.Contradicted > 0;
        bool bothWays = sent.Bodies > 0 && all.Bodies > sent.Bodies;
        int percent = asBytes ? FullPercent : bothWays ? BothWaysPercent : WeakPercent;
        double score = all.LowestScore / (double)SampleFact.Units;
        string ways = bothWays ? "both ways" : sent.Bodies > 0 ? "sent only" : "fetched only";
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"Bodies inside a recognised protocol are indistinguishable from random on {carrying.Length} flow(s), {ways}: "
            + $"{all.Bodies} sample(s), {all.Random.Bytes} bytes, score at least {score:0.00} of 8; {Cover(all)}");
        evidence.Add(
            EvidenceKind.EncryptedBodies, detail, PayloadEvidence.Time(carrying[0].Flow),
            carrying.SelectMany(finding => PayloadEvidence.Ids(finding.Flow)), percent);
        return new(carrying[0], carrying.Length, !asBytes);
    }

    private static CarriedEvidence Sum(PayloadFinding[] findings, Func<PayloadFinding, CarriedEvidence> of) =>
        findings.Aggregate(CarriedEvidence.None, (sum, finding) => sum.Add(of(finding)));

    private static string Cover(CarriedEvidence all) =>
        all.Contradicted > 0 ? $"{all.Contradicted} said to be text, or files of a kind, which they are not"
        : all.Encoded > 0 ? $"{all.Encoded} written in letters, as base64 or hexadecimal"
        : "no type or encoding explains that";
}
