using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0402MacOs;

/// <summary>What a macOS process is: its signature, where it lies, who started it, and what it did first.</summary>
internal static class MacOsProgramEvidence
{
    /// <summary>Share of a weight where users run programs of their own in the ordinary way.</summary>
    private const int OrdinaryPercent = 20;

    private const int FullPercent = 100;

    /// <summary>How identifiers of Apple's own programs begin.</summary>
    private const string AppleIds = "com.apple.";

    /// <summary>How soon after its start a program's first connection tells of it.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(60);

    /// <summary>Adds it; says whether the process is odd for a program that talks to the network.</summary>
    public static bool Add(ProcessDay day)
    {
        string image = day.Image;
        bool dropped = MacOsImages.IsDropped(image);
        bool unsigned = day.IsSigned == false && !MacOsImages.IsBuiltHere(image);
        if (unsigned)
        {
            day.Add(EvidenceKind.UnsignedImage, $"{image} carries no signature, or one that vouches for nobody", day.Facts.UnsignedLoads);
        }

        if (dropped && !day.IsAllowed)
        {
            bool signed = day.IsSigned == true;
            day.Add(
                signed ? EvidenceKind.UserWritableSigned : EvidenceKind.UserWritableImage,
                $"{image} lies where any user may write, and where nothing is installed", day.Facts.Starts);
            if (!signed && (day.Facts.Job is not null || MacOsImages.IsLaunchd(day.Facts.ParentImage)))
            {
                string job = day.Facts.Job is { } label ? $", {label}" : string.Empty;
                day.Add(EvidenceKind.LaunchdJob, $"{FilePaths.Name(image)} is a job of launchd's{job}", day.Facts.Starts);
            }
        }

        bool odd = AddDisguise(day, image) || unsigned || (dropped && day.IsSigned != true);
        AddBareConnect(day, odd);
        return AddRole(day, image) || odd;
    }

    /// <summary>Anybody may sign ad hoc as com.apple.anything; what Apple signs is valid.</summary>
    private static bool AddDisguise(ProcessDay day, string image)
    {
        bool disguised = day.IsSigned == false && day.Facts.SigningId?.StartsWith(AppleIds, StringComparison.OrdinalIgnoreCase) == true;
        if (disguised)
        {
            day.Add(
                EvidenceKind.DisguisedProgram,
                $"{FilePaths.Name(image)} is called {day.Facts.SigningId} by a signature that vouches for nobody",
                day.Facts.UnsignedLoads);
        }

        return disguised;
    }

    private static bool AddRole(ProcessDay day, string image)
    {
        string name = FilePaths.Name(image);
        if (MacOsImages.IsShell(image))
        {
            day.Add(EvidenceKind.ShellConnects, $"{name} holds a connection itself", day.Facts.Starts);
            return true;
        }

        if (day.IsAllowed || !MacOsImages.IsInterpreter(image))
        {
            return false;
        }

        ScriptCommand script = ScriptCommand.Of(day.Facts.CommandLine);
        bool odd = script.Source == ScriptSource.Inline || (script.Path is { } path && MacOsImages.IsDropped(path));
        if (odd || (script.Path is { } own && MacOsImages.IsOfUsers(own)))
        {
            day.Add(
                EvidenceKind.UnexpectedProgram,
                script.Path is { } file
                    ? $"{name} runs {file}, which is not installed"
                    : $"{name} runs code from its command line or input",
                day.Facts.Starts, odd ? FullPercent : OrdinaryPercent);
        }

        return odd;
    }

    /// <summary>Of a program that nobody vouches for only: a browser's first connection is just as bare.</summary>
    private static void AddBareConnect(ProcessDay day, bool odd)
    {
        if (!odd || day.Facts.CommandLine is not { } line || line.Trim().Contains(' ', StringComparison.Ordinal)
            || ProcessLife.Of(day.Facts).Start is not { } start)
        {
            return;
        }

        DestinationDay? bare = day.Connections.Destinations.FirstOrDefault(destination => destination is { Name: null, IsProxy: false }
            && destination.Port is not (443 or 80 or 53 or 22 or 25 or 465 or 587 or 993 or 8080)
            && destination.Believed.Any(time => time >= start && time - start <= AtOnce));
        if (bare is not null)
        {
            day.Evidence.Add(
                EvidenceKind.BareConnect, $"Started without arguments, and connected to {bare.Where} within a minute",
                bare.Times[0], bare.Observations);
        }
    }
}
