using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Detections;

/// <summary>
/// What a headline calls the technique: no more than the evidence tells. Whoever shows a detection to a person asks here.
/// </summary>
public static class TechniqueText
{
    /// <summary>The technique that both are of, where which of them it is cannot be told.</summary>
    private const string EncryptedChannel = "T1573";

    private static readonly string[] Cryptography =
    [
        EvidenceKind.CryptoLoad.Name, EvidenceKind.CryptoLoadEarlier.Name, EvidenceKind.CipherUse.Name, EvidenceKind.NoTlsOnChannel.Name,
    ];

    /// <summary>The technique's id, with what keeps it from being told apart where something does.</summary>
    public static string Of(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        return detection.Technique != Techniques.SymmetricCryptography || EvidenceKind.AnyPayload(detection.Evidence) ? detection.Technique
            : Names(detection, EvidenceKind.TlsProvider) || Names(detection, EvidenceKind.TlsHandshake)
                ? $"{EncryptedChannel}, TLS is on record"
            : !Weighs(detection, Cryptography) ? $"{EncryptedChannel}, symmetric or not cannot be told"
            : detection.Technique;
    }

    private static bool Names(Detection detection, EvidenceKind kind) => detection.Evidence.Any(evidence => evidence.Kind == kind.Name);

    private static bool Weighs(Detection detection, string[] kinds) =>
        detection.Evidence.Any(evidence => evidence.Weight > 0 && kinds.Contains(evidence.Kind));
}
