using System.Text.Json;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>
/// Programs to allow: those that load cryptography and connect, are not allowed yet, and show nothing of an implant. One that does is
/// refused with what it shows, however often it was seen: a baseline taken while an implant ran must not hide it.
/// </summary>
internal static class ProcessProposals
{
    /// <summary>Hosts on which a signed program must be seen before random payload of its own is taken to be its normal work.</summary>
    private const int MinHostsOfTrade = 3;

    private static readonly string[] LoadKinds = [EvidenceKind.CryptoLoad.Name, EvidenceKind.CryptoLoadEarlier.Name];

    /// <summary>Evidence that no prevalence explains away.</summary>
    private static readonly string[] SuspectKinds =
    [
        EvidenceKind.PayloadXor.Name, EvidenceKind.PayloadEcb.Name, EvidenceKind.UnsignedImage.Name, EvidenceKind.UserWritableImage.Name,
        EvidenceKind.UnexpectedProgram.Name, EvidenceKind.ManagedInNative.Name, EvidenceKind.InjectedThread.Name,
    ];

    /// <summary>Sorts what was weighed of each process into proposals and refusals.</summary>
    /// <param name="weighed">Of every process and day, published or not, by the settings in use.</param>
    public static BaselineResult Of(IReadOnlyList<Detection> weighed)
    {
        List<Proposal> proposals = [];
        List<Refusal> refusals = [];
        IEnumerable<IGrouping<(string Image, string? Signer), Detection>> programs = weighed
            .Where(detection => detection.Process?.Image is not null && (Loads(detection) || IsRandom(detection)))
            .GroupBy(detection => (ImagePattern.Of(detection.Process!.Image!), detection.Process.Signer));
        foreach (IGrouping<(string Image, string? Signer), Detection> program in programs)
        {
            Support support = new();
            foreach (Detection detection in program)
            {
                support.Add(detection.Host, detection.WindowStart);
            }

            string what = program.Key.Image + (program.Key.Signer is { } signer ? $", signed by {signer}"
                : ", not signed or signature not recorded");
            if (Suspicion(program, support) is { } why)
            {
                refusals.Add(new(nameof(DetectionSettings.AllowedCryptoProcesses), what, $"{why}; {support}"));
            }
            else if (!support.IsRepeated)
            {
                refusals.Add(new(nameof(DetectionSettings.AllowedCryptoProcesses), what, $"too little to learn from: {support}"));
            }
            else
            {
                string json = program.Key.Signer is { } by
                    ? $$"""{ "image": {{Text(program.Key.Image)}}, "signer": {{Text(by)}} }"""
                    : $$"""{ "image": {{Text(program.Key.Image)}} }""";
                proposals.Add(
                    new(nameof(DetectionSettings.AllowedCryptoProcesses), null, json, $"loads cryptography and connects, {support}"));
            }
        }

        return new(proposals, refusals);
    }

    /// <summary>What makes a program look like an implant; null where nothing does.</summary>
    private static string? Suspicion(IEnumerable<Detection> program, Support support)
    {
        foreach (Detection detection in program.OrderByDescending(detection => detection.Confidence).ThenBy(
            detection => detection.DetectionId))
        {
            if (detection.Evidence.FirstOrDefault(piece => piece.Weight > 0 && SuspectKinds.Contains(piece.Kind)) is { } suspect)
            {
                return $"looks like an implant on {detection.Host}: {suspect.Detail} [{suspect.Kind}]";
            }

            // What people install for themselves is on more hosts than one; a stolen certificate signs what is not.
            if (support.Hosts < MinHostsOfTrade
                && detection.Evidence.FirstOrDefault(piece => piece.Kind == EvidenceKind.UserWritableSigned.Name) is { } own)
            {
                return $"looks like an implant on {detection.Host}: {own.Detail} [{own.Kind}]";
            }

            bool signed = detection.Process!.Signed == true;
            if (IsRandom(detection) && !(signed && support.Hosts >= MinHostsOfTrade))
            {
                EvidencePiece random = detection.Evidence.First(piece => piece.Kind == EvidenceKind.EncryptedNoHandshake.Name);
                return $"looks like an implant on {detection.Host}: {random.Detail} [{random.Kind}]";
            }

            if (detection.Evidence.FirstOrDefault(piece => piece.Kind == EvidenceKind.FewDestinations.Name
                && piece.Weight > 0) is { } beacon
                && detection.Severity >= Severity.Medium && detection.Confidence >= Confidence.Medium
                    && support.Hosts < MinHostsOfTrade)
            {
                return $"looks like an implant on {detection.Host}: {beacon.Detail} [{beacon.Kind}]";
            }
        }

        return null;
    }

    private static bool Loads(Detection detection) => detection.Evidence.Any(piece => piece.Weight > 0 && LoadKinds.Contains(piece.Kind));

    private static bool IsRandom(Detection detection) =>
        detection.Evidence.Any(piece => piece.Weight > 0 && piece.Kind == EvidenceKind.EncryptedNoHandshake.Name);

    private static string Text(string value) =>
        $"\"{JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
