using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Views;

/// <summary>What to do about a detection, in the order it is done; read by somebody who was woken for it.</summary>
internal static class NextSteps
{
    /// <summary>The steps.</summary>
    public static IReadOnlyList<string> For(Detection detection)
    {
        string destination = DetectionText.Destination(detection.Destination) ?? "the destination";
        List<string> steps = [];
        if (detection.Process is { } process)
        {
            steps.Add(
                $"Should {process.Image ?? "this program"} talk to {destination} on {detection.Host ?? "this host"}? "
                + $"If so, {Suppress(detection)}");
            string memory = process.Pid is { } pid ? string.Create(CultureInfo.InvariantCulture, $"memory of pid {pid}") : "memory";
            steps.Add(
                $"If not: isolate {detection.Host ?? "the host"}, and keep the {memory} before anything is killed; the key is in there.");
            steps.Add($"Look for other hosts that talk to {destination}, and for the same file elsewhere.");
        }
        else
        {
            steps.Add(
                $"Find the process: which program opened connections to {destination} between {DetectionText.Span(detection)}? "
                + "Sysmon 3 of that host joins by itself when it is read along.");
            steps.Add($"Look at who else talks to {destination}, and what its name and owner are.");
            steps.Add($"If it should be there, {Suppress(detection)}");
        }

        if (detection.Technique.EndsWith(".002", StringComparison.Ordinal))
        {
            steps.Add("Keys were exchanged on the channel: look at its certificate and server name, too.");
        }

        return steps;
    }

    /// <summary>How to suppress it so that tomorrow's is suppressed too: by what it is, not by today's id.</summary>
    private static string Suppress(Detection detection)
    {
        string scope = string.Join(" and ", SuppressionDraft.Scope(detection).Select(member => member.Name));
        return $"suppress it by its {scope}, so that tomorrow's is suppressed too: "
            + $"cipherwatch suppress {detection.DetectionId} --reason \"…\"";
    }
}
