using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Reporting;

/// <summary>
/// What is said of a run before all else, in one place for whoever shows it: first what could not be judged, then what was found. That
/// nothing was found is said only of what was read.
/// </summary>
/// <param name="Unread">What could not be judged, in sentences; empty where everything was.</param>
/// <param name="Found">What was found in the rest; null where there was no rest.</param>
/// <param name="Beside">What was found and is not shown: covered by a process's detection, or suppressed.</param>
public sealed record RunHeadline(IReadOnlyList<string> Unread, string? Found, IReadOnlyList<string> Beside)
{
    private const int MaxReasons = 3;
    private const int MaxInputs = 5;

    /// <summary>All of it, a sentence or a few each.</summary>
    public IReadOnlyList<string> Lines => [.. Unread, .. Found is null ? (IReadOnlyList<string>)[] : [Found], .. Beside];

    /// <summary>The headline of a run.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="published">The detections that were published; null where nothing was looked for.</param>
    public static RunHeadline Of(ReadingAccount read, IReadOnlyList<Detection>? published)
    {
        ArgumentNullException.ThrowIfNull(read);
        List<string> unread = [.. UnreadOf(read)];
        if (published is null)
        {
            return new(unread, null, []);
        }

        Detection[] standing = [.. Standing(published)];
        int suppressed = published.Count(detection => detection.Suppressed is not null);
        int covered = published.Count - standing.Length - suppressed;
        List<string> beside = [];
        if (covered > 0)
        {
            beside.Add($"{Count(covered, "network finding")} of the same channels, whose process is named above.");
        }

        if (suppressed > 0 && standing.Length > 0)
        {
            beside.Add($"{Count(suppressed, "detection")} suppressed by your settings.");
        }

        bool nothing = standing.Length == 0 && suppressed == 0 && (read.Judged == 0 || read.Records == 0 || read.Unread == read.Records);
        return new(unread, nothing ? null : FoundOf(standing, suppressed, unread.Count > 0), beside);
    }

    /// <summary>
    /// The detections that a person should look at: not suppressed, and not covered by a detection that is among those published.
    /// </summary>
    public static IEnumerable<Detection> Standing(IReadOnlyList<Detection> published)
    {
        HashSet<DetectionId> shown =
            [.. published.Where(detection => detection.Suppressed is null).Select(detection => detection.DetectionId)];
        return published.Where(detection => detection.Suppressed is null
            && !(detection.SupersededBy is { } by && shown.Contains(by)));
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? string.Empty : "s")}");

    private static string FoundOf(Detection[] standing, int suppressed, bool isPart)
    {
        string where = isPart ? " in what could be read" : string.Empty;
        return standing.Length > 0
                ? $"{Count(standing.Length, "detection")}{where}: {BySeverity(standing)}."
            : suppressed > 0
                ? $"Nothing stands{where}: {Count(suppressed, "detection")}, {(suppressed == 1 ? "and it is" : "all of them")} "
                    + "suppressed by your settings."
            : $"No hidden encrypted channel was found{where}.";
    }

    private static string BySeverity(Detection[] detections) => string.Join(
        ", ", detections.CountBy(detection => detection.Severity).OrderByDescending(count => count.Key).Select(
            count => $"{count.Value} {count.Key.Word()}"));

    private static IEnumerable<string> UnreadOf(ReadingAccount read)
    {
        if (read.Unread > 0)
        {
            string what = string.Create(
                CultureInfo.InvariantCulture,
                $"{read.Unread:N0} of {Count(read.Records, "record")} could not be read; {Why(read.Reasons)}");
            string rest = read.Unread == read.Records || read.Judged > 0 || read.Judged is null ? string.Empty
                : " The others tell of no connection, flow or payload.";
            yield return (read.Unread == read.Records || read.Judged == 0 ? "Nothing could be judged: " : "Not all could be judged: ")
                + what + rest + Remedy(read);
        }
        else if (read.Records == 0 && read.Problems.Count == 0)
        {
            yield return "There was nothing to judge: no record was read.";
        }
        else if (read.Judged == 0 && read.Records > 0)
        {
            yield return $"Nothing could be judged: none of the {Count(read.Records, "record")} read tells of a connection, a flow or a "
                + "payload.";
        }

        // The whole of a run is told above already.
        foreach (FailedInput input in read.Inputs > 1 ? read.FailedInputs.Take(MaxInputs) : [])
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{input.Input}: none of its {Count(input.Records, "record")} could be read; {Why(input.Reasons)}");
        }

        if (read.Inputs > 1 && read.FailedInputs.Count > MaxInputs)
        {
            yield return $"{Count(read.FailedInputs.Count - MaxInputs, "more input")} of which no record could be read.";
        }

        if (read.Problems.Count > 0)
        {
            yield return (read.Records == 0 ? "Nothing could be judged: " : string.Empty)
                + $"{Count(read.Problems.Count, "input")} could not be read, or not to the end: "
                + string.Join(' ', read.Problems.Take(MaxReasons))
                + (read.Problems.Count > MaxReasons ? " …" : string.Empty);
        }
    }

    private static string Why(IReadOnlyList<UnreadReason> reasons)
    {
        string most = string.Join("; ", reasons.Take(MaxReasons).Select(reason => string.Create(
            CultureInfo.InvariantCulture, $"{(reason.Count == 1 ? "once" : $"{reason.Count:N0} times")}: {reason.Reason.TrimEnd('.')}")));
        long others = reasons.Skip(MaxReasons).Sum(reason => reason.Count);
        return most + (others > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {others:N0} for other reasons.") : ".");
    }

    private static string Remedy(ReadingAccount read) => " docs/telemetry.md lists what is read and how to ship it"
        + (read.KeepsDeadLetters ? "." : "; --dead-letter FILE keeps the records, with the reasons.");
}
