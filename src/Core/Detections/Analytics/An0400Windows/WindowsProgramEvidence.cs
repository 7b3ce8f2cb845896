using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0400Windows;

/// <summary>What a Windows process is: signature, place, parent, and what was brought into it.</summary>
internal static class WindowsProgramEvidence
{
    /// <summary>Adds it; says whether the process is odd for a program that talks to the network.</summary>
    public static bool Add(ProcessDay day)
    {
        ProcessFacts facts = day.Facts;
        bool unsigned = facts.UnsignedLoads.First is not null;
        bool signed = !unsigned && facts.SignedLoads.First is not null;
        bool odd = false;
        if (unsigned)
        {
            odd = true;
            day.Add(EvidenceKind.UnsignedImage, $"{day.Image} carries no valid signature", facts.UnsignedLoads);
        }

        if (day.IsUserWritable && !day.IsAllowed)
        {
            odd |= !signed;
            string signer = signed ? $", signed by {facts.Signer ?? "someone"}" : string.Empty;
            day.Add(
                signed ? EvidenceKind.UserWritableSigned : EvidenceKind.UserWritableImage,
                $"{day.Image} lies where any user may write{signer}",
                facts.Starts);
        }

        if (!day.IsAllowed && WindowsPrograms.Unexpected(day.Image) is { } reason)
        {
            odd = true;
            day.Add(EvidenceKind.UnexpectedProgram, reason, facts.Starts);
        }

        odd |= AddForeignRuntime(day);
        odd |= AddInjection(day);
        if (odd && facts.ParentImage is { } parent && WindowsPrograms.IsOddParent(parent))
        {
            day.Add(EvidenceKind.OddParent, $"Started by {parent}", facts.Starts);
        }

        AddTlsProvider(day, odd);
        return odd;
    }

    /// <summary>
    /// Whether a program from a folder that any user may write to started a thread in it. Programs that keep their own parts there
    /// and start threads among them are not meant.
    /// </summary>
    public static bool IsTakenOver(ProcessFacts facts) => facts.Injections.Any(injection =>
        WindowsPrograms.IsUserWritable(injection.Source)
        && !string.Equals(injection.Source, facts.Image, StringComparison.OrdinalIgnoreCase));

    private static bool AddForeignRuntime(ProcessDay day)
    {
        ModuleFacts? foreign = day.Facts.Modules.FirstOrDefault(module => IsForeignRuntime(module.Name, day.Image));
        if (foreign is null)
        {
            return false;
        }

        day.Add(
            EvidenceKind.ManagedInNative,
            $"{FilePaths.Name(day.Image)} is a native program, and {foreign.Name} was brought into it",
            foreign.Loads);
        return true;
    }

    private static bool IsForeignRuntime(string module, string image) => WindowsPrograms.IsNative(image)
        && (DefaultModules.ManagedRuntime.Contains(module)
            || (module.StartsWith(DefaultModules.PowerShellEngine, StringComparison.Ordinal) && !WindowsPrograms.IsPowerShell(image)));

    private static bool AddInjection(ProcessDay day)
    {
        InjectionFacts? injection = day.Facts.Injections.FirstOrDefault(static known =>
            !WindowsPrograms.StartsThreadsByDesign(known.Source));
        if (injection is null)
        {
            return false;
        }

        day.Add(EvidenceKind.InjectedThread, $"{injection.Source} started a thread in it", injection.Threads);
        return true;
    }

    /// <summary>
    /// TLS by Windows' own library, or the lack of it. The lack means something only where there is cryptography, where library
    /// loads were recorded from the process's start, and where the program is odd anyway.
    /// </summary>
    private static void AddTlsProvider(ProcessDay day, bool odd)
    {
        ModuleFacts? provider = day.Facts.Modules.FirstOrDefault(module => DefaultModules.TlsProviders.Contains(module.Name));
        bool cryptography = day.Evidence.Has(EvidenceKind.CryptoLoad) || day.Evidence.Has(EvidenceKind.CryptoLoadEarlier);
        if (provider is not null && cryptography)
        {
            day.Add(EvidenceKind.TlsProvider, $"{provider.Name} is loaded: its channel may be TLS (T1573.002)", provider.Loads);
        }
        else if (provider is null && cryptography && odd && !day.IsAllowed)
        {
            day.Evidence.Add(EvidenceKind.NoTlsProvider, "Loads symmetric cryptography, but none of Windows' TLS libraries");
        }
    }
}
