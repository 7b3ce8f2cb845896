using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>What a Windows process is: signature, place, parent, and what was brought into it.</summary>
internal static class WindowsHostEvidence
{
    /// <summary>Adds it; says whether the process is odd for a program that talks to the network.</summary>
    public static bool Add(EvidenceList evidence, ProcessFacts facts, bool userWritable, bool allowed)
    {
        string image = facts.Image!;
        bool unsigned = facts.UnsignedLoads.First is not null;
        bool signed = !unsigned && facts.SignedLoads.First is not null;
        bool odd = false;
        if (unsigned)
        {
            odd = true;
            evidence.Add(EvidenceKind.UnsignedImage, $"{image} carries no valid signature", Time(facts, facts.UnsignedLoads), Ids(facts.UnsignedLoads));
        }

        if (userWritable && !allowed)
        {
            odd |= !signed;
            evidence.Add(
                signed ? EvidenceKind.UserWritableSigned : EvidenceKind.UserWritableImage,
                $"{image} lies where any user may write" + (signed ? $", signed by {facts.Signer ?? "someone"}" : string.Empty),
                Time(facts, facts.Starts), Ids(facts.Starts));
        }

        if (!allowed && WindowsPrograms.Unexpected(image) is { } reason)
        {
            odd = true;
            evidence.Add(EvidenceKind.UnexpectedProgram, reason, Time(facts, facts.Starts), Ids(facts.Starts));
        }

        odd |= AddForeignRuntime(evidence, facts, image);
        odd |= AddInjection(evidence, facts);
        if (odd && facts.ParentImage is { } parent && WindowsPrograms.IsOddParent(parent))
        {
            evidence.Add(EvidenceKind.OddParent, $"Started by {parent}", Time(facts, facts.Starts), Ids(facts.Starts));
        }

        AddTlsProvider(evidence, facts, odd, allowed);
        return odd;
    }

    /// <summary>
    /// Whether a program from a folder that any user may write to started a thread in it. Programs that keep their own parts there
    /// and start threads among them are not meant.
    /// </summary>
    public static bool IsTakenOver(ProcessFacts facts) => facts.Injections.Any(injection =>
        WindowsPrograms.IsUserWritable(injection.Source) && !string.Equals(injection.Source, facts.Image, StringComparison.OrdinalIgnoreCase));

    private static bool AddForeignRuntime(EvidenceList evidence, ProcessFacts facts, string image)
    {
        ModuleFacts? foreign = facts.Modules.FirstOrDefault(module =>
            (DefaultModules.ManagedRuntime.Contains(module.Name) && WindowsPrograms.IsNative(image))
            || (module.Name.StartsWith(DefaultModules.PowerShellEngine, StringComparison.Ordinal) && !WindowsPrograms.IsPowerShell(image)
                && WindowsPrograms.IsNative(image)));
        if (foreign is null)
        {
            return false;
        }

        evidence.Add(
            EvidenceKind.ManagedInNative, $"{FilePaths.Name(image)} is a native program, and {foreign.Name} was brought into it",
            Time(facts, foreign.Loads), Ids(foreign.Loads));
        return true;
    }

    private static bool AddInjection(EvidenceList evidence, ProcessFacts facts)
    {
        if (facts.Injections.FirstOrDefault(static injection => !WindowsPrograms.StartsThreadsByDesign(injection.Source)) is not { } injection)
        {
            return false;
        }

        evidence.Add(EvidenceKind.InjectedThread, $"{injection.Source} started a thread in it", Time(facts, injection.Threads), Ids(injection.Threads));
        return true;
    }

    /// <summary>
    /// TLS by Windows' own library, or the lack of it. The lack means something only where there is cryptography, where library
    /// loads were recorded from the process's start, and where the program is odd anyway.
    /// </summary>
    private static void AddTlsProvider(EvidenceList evidence, ProcessFacts facts, bool odd, bool allowed)
    {
        ModuleFacts? provider = facts.Modules.FirstOrDefault(module => DefaultModules.TlsProviders.Contains(module.Name));
        bool cryptography = evidence.Has(EvidenceKind.CryptoLoad) || evidence.Has(EvidenceKind.CryptoLoadEarlier);
        if (provider is not null && cryptography)
        {
            evidence.Add(
                EvidenceKind.TlsProvider, $"{provider.Name} is loaded: its channel may be TLS (T1573.002)", Time(facts, provider.Loads), Ids(provider.Loads));
        }
        else if (provider is null && cryptography && odd && !allowed)
        {
            evidence.Add(EvidenceKind.NoTlsProvider, "Loads symmetric cryptography, but none of Windows' TLS libraries");
        }
    }

    private static DateTimeOffset? Time(ProcessFacts facts, Sightings seen) => seen.First is { } first ? facts.Clock.Resolve(first.Time) : null;

    private static IEnumerable<ObservationId> Ids(Sightings seen) => seen.Sample.Select(sighting => sighting.Id);
}
