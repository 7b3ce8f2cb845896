using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0400Windows;

/// <summary>What a Windows process is: signature, place, parent, and what was brought into it.</summary>
internal static class WindowsProgramEvidence
{
    /// <summary>Share of a weight where programs are like that in the ordinary way.</summary>
    private const int OrdinaryPercent = 20;

    private const int FullPercent = 100;

    /// <summary>Share of the weight of a user's folder where nothing is installed, not even for one user.</summary>
    private const int DroppedPercent = 125;

    /// <summary>Adds it; says whether the process is odd for a program that talks to the network.</summary>
    public static bool Add(ProcessDay day)
    {
        ProcessFacts facts = day.Facts;
        bool signed = day.IsSigned == true;
        bool odd = false;
        if (day.IsSigned == false)
        {
            // What an administrator installed and what stays inside is how in-house tools look, which nobody signs.
            bool inHouse = WindowsPrograms.IsInstalled(day.Image)
                && day.Connections.Destinations.All(static destination => destination.Ip.IsPrivate);
            odd = !inHouse;
            day.Add(
                EvidenceKind.UnsignedImage,
                $"{day.Image} carries no valid signature"
                    + (inHouse ? ", but is installed and connects to private addresses only" : string.Empty),
                facts.UnsignedLoads, inHouse ? OrdinaryPercent : FullPercent);
        }

        if (day.IsUserWritable && !day.IsAllowed)
        {
            odd |= !signed;
            bool dropped = !signed && WindowsPrograms.IsDropped(day.Image);
            string what = signed ? $", signed by {facts.Signer ?? "someone"}" : dropped ? " and nothing is installed" : string.Empty;
            day.Add(
                signed ? EvidenceKind.UserWritableSigned : EvidenceKind.UserWritableImage,
                $"{day.Image} lies where any user may write{what}",
                facts.Starts, dropped ? DroppedPercent : FullPercent);
        }

        if (!day.IsAllowed && WindowsPrograms.Unexpected(day.Image) is { } reason)
        {
            // Management agents run scripts all day, and those speak TLS to the management.
            bool managed = facts.ParentImage is { } agent && WindowsPrograms.IsManagementAgent(agent)
                && facts.Modules.Any(module => DefaultModules.TlsProviders.Contains(module.Name));
            odd |= !managed;
            day.Add(
                EvidenceKind.UnexpectedProgram,
                managed ? $"{reason}; {facts.ParentImage}, a management agent, started it" : reason,
                facts.Starts, managed ? OrdinaryPercent : FullPercent);
        }

        odd |= AddForeignRuntime(day);
        odd |= AddInjection(day);
        if (odd && facts.ParentImage is { } parent && WindowsPrograms.IsOddParent(parent))
        {
            day.Add(EvidenceKind.OddParent, $"Started by {parent}", facts.Starts);
        }

        return odd;
    }

    /// <summary>
    /// Whether a program from a folder that any user may write to started a thread in it. Programs that keep their own parts there
    /// and start threads among them are not meant.
    /// </summary>
    public static bool IsTakenOver(ProcessFacts facts) => facts.Injections.Any(injection =>
        WindowsPrograms.IsUserWritable(injection.Source)
        && !string.Equals(injection.Source, facts.Image, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a runtime or a thread of another program was brought into it.</summary>
    public static bool HasForeignCode(ProcessFacts facts) => ForeignRuntime(facts) is not null || ForeignThread(facts) is not null;

    private static ModuleFacts? ForeignRuntime(ProcessFacts facts) =>
        facts.Modules.FirstOrDefault(module => IsForeignRuntime(module.Name, facts.Image!));

    private static InjectionFacts? ForeignThread(ProcessFacts facts) =>
        facts.Injections.FirstOrDefault(static known => !WindowsPrograms.StartsThreadsByDesign(known.Source));

    private static bool AddForeignRuntime(ProcessDay day)
    {
        ModuleFacts? foreign = ForeignRuntime(day.Facts);
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
        InjectionFacts? injection = ForeignThread(day.Facts);
        if (injection is null)
        {
            return false;
        }

        day.Add(EvidenceKind.InjectedThread, $"{injection.Source} started a thread in it", injection.Threads);
        return true;
    }
}
