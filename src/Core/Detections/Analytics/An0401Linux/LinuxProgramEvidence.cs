using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0401Linux;

/// <summary>What a Linux process is: where its executable lies, what it pretends to be, what it was told to run.</summary>
internal static class LinuxProgramEvidence
{
    /// <summary>Share of a weight where users run programs of their own in the ordinary way.</summary>
    private const int OrdinaryPercent = 20;

    private const int FullPercent = 100;

    /// <summary>Adds it; says whether the process is odd for a program that talks to the network.</summary>
    public static bool Add(ProcessDay day)
    {
        string image = day.Image;
        bool odd = false;
        if (LinuxImages.Disguise(image, day.Facts.CommandLine) is { } disguise)
        {
            odd = true;
            day.Add(EvidenceKind.DisguisedProgram, disguise, day.Facts.Starts);
        }

        if (LinuxImages.IsInMemory(image))
        {
            odd = true;
            day.Add(EvidenceKind.MemoryImage, $"{image} is in memory only", day.Facts.Starts);
        }
        else if (day.IsUserWritable && !day.IsAllowed)
        {
            bool dropped = LinuxImages.IsDropped(image);
            odd |= dropped;
            day.Add(
                EvidenceKind.UserWritableImage,
                $"{image} lies where any user may write" + (dropped ? ", and where nothing is installed" : string.Empty),
                day.Facts.Starts,
                dropped ? FullPercent : OrdinaryPercent);
        }

        return AddRole(day, image) || odd;
    }

    private static bool AddRole(ProcessDay day, string image)
    {
        string name = FilePaths.Name(image);
        if (LinuxImages.IsShell(image))
        {
            // Named, and little more: a shell has no cipher, so what it sends says whether there is one.
            day.Add(EvidenceKind.ShellConnects, $"{name} holds a connection itself", day.Facts.Starts);
            return true;
        }

        if (day.IsAllowed)
        {
            return false;
        }

        if (LinuxImages.IsRelay(image))
        {
            day.Add(EvidenceKind.UnexpectedProgram, $"{name} hands on what others send through it", day.Facts.Starts);
            return true;
        }

        return LinuxImages.IsInterpreter(image) && AddScript(day, name);
    }

    private static bool AddScript(ProcessDay day, string name)
    {
        ScriptCommand script = ScriptCommand.Of(day.Facts.CommandLine);
        (string? what, bool odd) = script switch
        {
            { Source: ScriptSource.Inline } => ($"{name} runs code from its command line or input", true),
            { Source: ScriptSource.File, Path: { } path } when LinuxImages.IsDropped(path) || !path.StartsWith('/') =>
                ($"{name} runs {path}, which is not installed", LinuxImages.IsDropped(path)),
            { Source: ScriptSource.File, Path: { } path } when LinuxImages.IsOfUsers(path) =>
                ($"{name} runs {path}, which lies where any user may write", false),
            _ => (null, false),
        };
        if (what is not null)
        {
            day.Add(EvidenceKind.UnexpectedProgram, what, day.Facts.Starts, odd ? FullPercent : OrdinaryPercent);
        }

        return odd;
    }
}
