using System.Globalization;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Functions.DeadLetters;

namespace CipherWatch.Functions.Ingestion;

/// <summary>Reads the bodies of one batch and folds what they say by entity, so that each entity is called once.</summary>
/// <remarks>Total: whatever the bytes, a body becomes facts or dead letters, and nothing is thrown.</remarks>
internal sealed class BatchReader : IObservationReceiver, IDeadLetterSink
{
    private readonly ModuleFilter _filter;
    private readonly BatchBudget _budget;
    private readonly BatchTally _tally;
    private readonly Ingestor _ingestor;
    private readonly Dictionary<string, BodyOrigin> _origins = new(StringComparer.Ordinal);
    private readonly LetterTally _letters;
    private long _bytes;

    /// <summary>A reader that has read nothing.</summary>
    /// <param name="filter">Libraries of use.</param>
    /// <param name="routes">Where what is said of flows goes.</param>
    /// <param name="templates">Templates that flow exporters sent in earlier batches.</param>
    /// <param name="budget">What the batch may cost; null for the limits that ship.</param>
    /// <param name="tally">Notes what was seen; null where nobody asks.</param>
    public BatchReader(
        ModuleFilter filter, FlowRoutes routes, DatagramTemplates templates, BatchBudget? budget = null, BatchTally? tally = null)
    {
        _filter = filter;
        _tally = tally ?? new();
        _budget = budget ?? BatchBudget.Default;
        _letters = new(_budget);
        Facts = new(routes);
        _ingestor = new(this, this, templates: templates);
    }

    /// <summary>What was read, record by record.</summary>
    public IngestionCounts Counts => _ingestor.Counts;

    /// <summary>Bodies that were set aside whole.</summary>
    public int Unread { get; private set; }

    /// <summary>The facts, by entity.</summary>
    public EntityStates Facts { get; }

    /// <summary>What could not be used, with its place.</summary>
    public IReadOnlyList<KeptLetter> Letters => _letters.Kept;

    /// <summary>Reads one body.</summary>
    public void Read(IncomingBody body)
    {
        BodyOrigin origin = body.Origin;
        _origins[origin.Name] = origin;
        if (Spent() is { } spent)
        {
            SetAside(body, spent);
            return;
        }

        _letters.BeginBody();
        string? reason = BodyContent.Read(body.Content, _budget.MaxBodyBytes, content =>
        {
            _bytes += content.Length;
            _tally.Received = origin.EnqueuedTime;
            _ingestor.InputTime = origin.EnqueuedTime;
            _ingestor.Read(content.Span, origin.Name, origin.Sender);
        });
        if ((reason ?? _letters.TooMany()) is { } fault)
        {
            _letters.ForgetBody();
            SetAside(body, fault);
        }
    }

    /// <summary>Ends the batch: reads what waited for something later in it, or keeps it as dead letters.</summary>
    public void Finish()
    {
        _letters.BeginRest();
        _ingestor.Finish();
    }

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform)
    {
        if (_filter.Wants(path, platform))
        {
            return true;
        }

        _tally.Gaps.ModuleLoad(platform);
        return false;
    }

    /// <inheritdoc/>
    public bool JoinsParts => true;

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        _tally.Add(observation);
        if (!_filter.LeavesOut(observation))
        {
            Facts.Add(observation);
        }
    }

    /// <inheritdoc/>
    public void RecordDone()
    {
    }

    /// <inheritdoc/>
    public void Write(DeadLetter letter) =>
        _letters.Add(new(_origins.GetValueOrDefault(letter.Origin.Input, BodyOrigin.Unknown), letter));

    private string? Spent() => _bytes >= _budget.MaxBytes
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Not read: the batch held {_budget.MaxBytes >> 20} MiB before this, after decompression. Replay it.")
        : Counts.Records >= _budget.MaxRecords
            ? string.Create(CultureInfo.InvariantCulture, $"Not read: the batch held {_budget.MaxRecords} records before this. Replay it.")
            : null;

    private void SetAside(IncomingBody body, string reason)
    {
        Unread++;
        _letters.Keep(new(body.Origin, new(new(body.Origin.Name, 0, 0), SourceNames.Unrecognised, reason, 0, body.Content)));
    }
}
