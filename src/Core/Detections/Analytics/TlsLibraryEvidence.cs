using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// A TLS library of the platform beside the cryptography, or the lack of one. The lack means something only where there is
/// cryptography, where a TLS library would be on record, and where the program is odd anyway.
/// </summary>
internal static class TlsLibraryEvidence
{
    /// <summary>Adds it.</summary>
    public static void Add(ProcessDay day, ProcessRules rules, bool odd)
    {
        bool cryptography = day.Evidence.Has(EvidenceKind.CryptoLoad) || day.Evidence.Has(EvidenceKind.CryptoLoadEarlier)
            || day.Evidence.Has(EvidenceKind.CipherUse);
        ModuleFacts? provider = day.Facts.Modules.FirstOrDefault(module => rules.IsTlsLibrary(module.Name));
        if (provider is not null && cryptography)
        {
            day.Add(EvidenceKind.TlsProvider, $"{provider.Name} is loaded: its channel may be TLS (T1573.002)", provider.Loads);
        }
        else if (provider is null && cryptography && odd && !day.IsAllowed && rules.WouldShowTls(day))
        {
            day.Evidence.Add(EvidenceKind.NoTlsProvider, $"Loads symmetric cryptography, but none of {rules.TlsLibraries}");
        }
    }
}
