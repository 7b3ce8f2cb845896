using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Detections.Evidence;

/// <summary>When a process began and ended, as far as that is on record: what it did cannot lie outside.</summary>
/// <remarks>
/// Sysmon's clock for connections is wrong by hours to days on some hosts. Where a record carries no other, the process's own life
/// is what shows it.
/// </remarks>
/// <param name="Start">Its start, corrected; null where that is not on record.</param>
/// <param name="End">Its end, corrected; null where that is not on record.</param>
internal readonly record struct ProcessLife(DateTimeOffset? Start, DateTimeOffset? End)
{
    /// <summary>How far outside it a correct time may lie: a loaded server recorded connections ten seconds late and more.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>The life of a process, by its host's corrected clocks.</summary>
    public static ProcessLife Of(ProcessFacts facts) => new(
        facts.Starts.First is { } start ? facts.Clock.Resolve(start.Time) : null,
        facts.Ends.Last is { } end ? facts.Clock.Resolve(end.Time) : null);

    /// <summary>A time of something that the process did; one outside its life is not believed, and taken for the nearest within.</summary>
    public EventTime Place(DateTimeOffset time) =>
        Start is { } start && time < start - Slack ? new(start, IsBelieved: false)
        : End is { } end && time > end + Slack ? new(end, IsBelieved: false)
        : new(time, IsBelieved: true);
}

/// <summary>When something happened.</summary>
/// <param name="Time">The time, corrected.</param>
/// <param name="IsBelieved">Whether that is what its clock said, and not the nearest time at which it can have happened.</param>
internal readonly record struct EventTime(DateTimeOffset Time, bool IsBelieved);
