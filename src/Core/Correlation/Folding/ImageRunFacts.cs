using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Correlation.Folding;

/// <summary>What an observation says of the image that ran under a process number.</summary>
internal static class ImageRunFacts
{
    /// <summary>Whether a process's number may be that of several images: where nothing but the number names it.</summary>
    public static bool AreOf(ProcessKey key, TelemetryPlatform platform) =>
        platform is TelemetryPlatform.Linux or TelemetryPlatform.MacOs && key.IsNumberOnly;

    /// <summary>Adds to facts of the process what it says.</summary>
    public static ProcessFacts Add(ProcessFacts facts, Observation observation, FactTime time)
    {
        ProcessFields about = observation.Process!;
        bool starts = observation.Kind == ObservationKind.ProcessStart;
        ImageRun run = new()
        {
            Time = starts || about.StartTime is null ? time : new(time.Clock, about.StartTime.Value.ToUnixTimeMilliseconds()),
            Serial = about.StartSerial ?? (starts ? observation.EventSerial ?? 0 : 0),
            Started = starts ? observation.Id : null,
            Image = BoundedText.Ends(about.Image, BoundedText.ImagePath),
            CommandLine = BoundedText.Head(about.CommandLine, BoundedText.ImageCommandLine),
            ParentImage = BoundedText.Ends(about.ParentImage, BoundedText.ImageParent),
            User = BoundedText.Head(about.User, BoundedText.ImageName),
            Signed = starts ? about.Signed : null,
            Signer = BoundedText.Head(about.Signer, BoundedText.ImageName),
            SigningId = BoundedText.Head(about.SigningId, BoundedText.ImageName),
            Job = BoundedText.Tail(about.Job, BoundedText.ImageName),
        };
        facts = facts with
        {
            // What there is one of for all its images is what stands in where a start does not say.
            Image = run.Image,
            User = run.User,
            CommandLine = null,
            ParentImage = null,
            Hash = null,
        };
        return starts || about.StartTime is not null ? facts with { Runs = [run] }
            : run.Image is null ? facts
            : facts with { FirstSeen = run with { ParentImage = null, Signer = null, SigningId = null, Job = null } };
    }
}
