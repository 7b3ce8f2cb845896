using CipherWatch.Core.Pipeline;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.Health;

/// <summary>What this instance has seen on the present day. Instances note theirs apart, and whoever asks adds them up.</summary>
public sealed class InstanceTally(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private DayTally _day = new() { Day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) };

    /// <summary>Adds what a batch showed.</summary>
    public void Add(BatchTally batch, BatchOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(outcome);
        lock (_lock)
        {
            DayTally day = Today();
            day.DeadLetters += outcome.DeadLettered;
            day.Unread += outcome.Unread;
            foreach ((string source, LastSeen seen) in batch.Sources)
            {
                day.Sources[source] = day.Sources.GetValueOrDefault(source).With(seen);
            }

            foreach ((string source, long records) in outcome.BySource)
            {
                day.Records[source] = day.Records.GetValueOrDefault(source) + records;
            }

            foreach ((string name, long count) in batch.Gaps.Counts)
            {
                day.Gaps.Add(name, count);
            }

            day.Changes++;
        }
    }

    /// <summary>Notes operations that no entity took and that were kept as a dead letter.</summary>
    public void GaveUp(int operations)
    {
        lock (_lock)
        {
            DayTally day = Today();
            day.Undelivered += operations;
            day.Changes++;
        }
    }

    /// <summary>Notes how a sink took what was published last.</summary>
    /// <param name="sink">Its name.</param>
    /// <param name="fault">Why it did not; null where it did.</param>
    public void Published(string sink, string? fault)
    {
        lock (_lock)
        {
            DayTally day = Today();
            day.Sinks[sink] = new(clock.GetUtcNow(), fault);
            day.Changes++;
        }
    }

    /// <summary>The present day's, as JSON; null where nothing was added since a number of changes.</summary>
    /// <param name="since">The changes that were written before.</param>
    public (DateOnly Day, string Json, long Changes)? Changed(long since)
    {
        lock (_lock)
        {
            return _day.Changes == since ? null : (_day.Day, TallyJson.Write(_day), _day.Changes);
        }
    }

    private DayTally Today()
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (_day.Day != today)
        {
            _day = new() { Day = today, Changes = _day.Changes };
        }

        return _day;
    }
}

/// <summary>How a sink took what was published last.</summary>
/// <param name="Time">When.</param>
/// <param name="Fault">Why it did not; null where it did.</param>
public sealed record SinkState(DateTimeOffset Time, string? Fault);

/// <summary>What was seen on one day.</summary>
public sealed class DayTally
{
    /// <summary>The day, UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Times that something was added.</summary>
    public long Changes { get; set; }

    /// <summary>Records that could not be used.</summary>
    public long DeadLetters { get; set; }

    /// <summary>Bodies that were set aside whole.</summary>
    public long Unread { get; set; }

    /// <summary>Operations that no entity took.</summary>
    public long Undelivered { get; set; }

    /// <summary>The last of each source.</summary>
    public SortedDictionary<string, LastSeen> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Records of each source.</summary>
    public SortedDictionary<string, long> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>How each sink took what was published last.</summary>
    public SortedDictionary<string, SinkState> Sinks { get; } = new(StringComparer.Ordinal);

    /// <summary>What telemetry there was.</summary>
    public TelemetryGaps Gaps { get; } = new();

    /// <summary>Adds what another instance saw.</summary>
    public void Merge(DayTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DeadLetters += other.DeadLetters;
        Unread += other.Unread;
        Undelivered += other.Undelivered;
        foreach ((string source, LastSeen seen) in other.Sources)
        {
            Sources[source] = Sources.GetValueOrDefault(source).With(seen);
        }

        foreach ((string source, long records) in other.Records)
        {
            Records[source] = Records.GetValueOrDefault(source) + records;
        }

        foreach ((string sink, SinkState state) in other.Sinks)
        {
            Sinks[sink] = Sinks.TryGetValue(sink, out SinkState? known) && known.Time > state.Time ? known : state;
        }

        foreach ((string name, long count) in other.Gaps.Counts)
        {
            Gaps.Add(name, count);
        }
    }
}
