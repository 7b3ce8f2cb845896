using System.Diagnostics.Metrics;
using CipherWatch.Core.Detections;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.Telemetry;

/// <summary>
/// What the app counts of itself. Names and units are listed in <c>infra/metrics.json</c>, which the alerts are held against.
/// </summary>
public sealed class AppMeter
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "CipherWatch";

    private readonly Counter<long> _events;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _unread;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _operations;
    private readonly Histogram<double> _recordsPerOperation;
    private readonly Counter<long> _detections;
    private readonly Histogram<double> _lag;
    private readonly Gauge<long> _backlog;
    private readonly TimeProvider _clock;

    /// <summary>Makes the instruments.</summary>
    public AppMeter(IMeterFactory meters, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _clock = clock;
        Meter meter = meters.Create(MeterName);
        _events = meter.CreateCounter<long>("cipherwatch.events", "{record}", "Records read, by source.");
        _skipped = meter.CreateCounter<long>("cipherwatch.skipped", "{record}", "Records left out by design, by hub.");
        _unread = meter.CreateCounter<long>("cipherwatch.unread", "{body}", "Events and requests that were set aside whole, by hub.");
        _deadLetters = meter.CreateCounter<long>(
            "cipherwatch.dead_letters", "{letter}", "Dead letters that were kept, by source and reason.");
        _operations = meter.CreateCounter<long>(
            "cipherwatch.entity_operations", "{operation}", "Entities that batches call in the first instance, by hub.");
        _recordsPerOperation = meter.CreateHistogram<double>(
            "cipherwatch.records_per_operation", "{record}", "Records of a batch for each entity that it calls, by hub.");
        _detections = meter.CreateCounter<long>(
            "cipherwatch.detections", "{revision}", "Revisions of detections that were published, by analytic and severity.");
        _lag = meter.CreateHistogram<double>("cipherwatch.lag", "s", "Age of the newest event of a batch when it was read, by hub.");
        _backlog = meter.CreateGauge<long>("cipherwatch.backlog", "{orchestration}", "Batches that were started and have not ended.");
    }

    /// <summary>Counts a batch that has been read and started.</summary>
    public void Add(IncomingBatch batch, BatchOutcome outcome, IReadOnlyList<KeptLetter> letters)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(outcome);
        KeyValuePair<string, object?> hub = new("hub", batch.Source);
        foreach ((string source, long records) in outcome.BySource)
        {
            _events.Add(records, new KeyValuePair<string, object?>("source", source));
        }

        AddWhereAny(_skipped, outcome.Skipped, hub);
        AddWhereAny(_unread, outcome.Unread, hub);
        AddWhereAny(_operations, outcome.Operations, hub);
        foreach (IGrouping<(string Source, string Reason), KeptLetter> same in letters
            .GroupBy(letter => (letter.Letter.Source, ReasonLabel.Of(letter.Letter.Reason))))
        {
            _deadLetters.Add(same.Count(), new("source", same.Key.Source), new KeyValuePair<string, object?>("reason", same.Key.Reason));
        }

        if (outcome.Operations > 0)
        {
            _recordsPerOperation.Record(outcome.Records / (double)outcome.Operations, hub);
        }

        if (batch.Bodies.Max(body => body.Origin.EnqueuedTime) is { } newest)
        {
            _lag.Record(Math.Max(0, (_clock.GetUtcNow() - newest).TotalSeconds), hub);
        }
    }

    /// <summary>Counts a dead letter of operations that no entity took.</summary>
    public void Undelivered() => _deadLetters.Add(
        1, new("source", KeepUndelivered.Source), new KeyValuePair<string, object?>("reason", "Not taken by its entity"));

    /// <summary>Counts a detection that was published.</summary>
    public void Add(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        _detections.Add(
            1, new("analytic", detection.AnalyticId),
            new KeyValuePair<string, object?>("severity", detection.Withdrawn ? "withdrawn" : detection.Severity.Word()));
    }

    /// <summary>Notes how many batches are under way.</summary>
    public void Backlog(long orchestrations) => _backlog.Record(orchestrations);

    private static void AddWhereAny(Counter<long> counter, long count, KeyValuePair<string, object?> tag)
    {
        if (count > 0)
        {
            counter.Add(count, tag);
        }
    }
}
