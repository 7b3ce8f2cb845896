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
    private readonly Ingestor _ingestor;
    private readonly List<KeptLetter> _letters = [];
    private readonly Dictionary<string, BodyOrigin> _origins = new(StringComparer.Ordinal);

    /// <summary>A reader that has read nothing.</summary>
    /// <param name="filter">Libraries of use.</param>
    /// <param name="routes">Where what is said of flows goes.</param>
    /// <param name="templates">Templates that flow exporters sent in earlier batches.</param>
    public BatchReader(ModuleFilter filter, FlowRoutes routes, DatagramTemplates templates)
    {
        _filter = filter;
        Facts = new(routes);
        _ingestor = new(this, this, templates: templates);
    }

    /// <summary>What was read, record by record.</summary>
    public IngestionCounts Counts => _ingestor.Counts;

    /// <summary>Bodies that could not be read at all: dead letters that hold no counted record.</summary>
    public int UnreadableBodies { get; private set; }

    /// <summary>The facts, by entity.</summary>
    public EntityStates Facts { get; }

    /// <summary>What could not be used, with its place.</summary>
    public IReadOnlyList<KeptLetter> Letters => _letters;

    /// <summary>Reads one body.</summary>
    public void Read(ReadOnlyMemory<byte> raw, BodyOrigin origin)
    {
        _origins[origin.Name] = origin;
        if (!BodyContent.TryRead(raw, out ReadOnlyMemory<byte> body, out string? reason))
        {
            UnreadableBodies++;
            Write(new(new(origin.Name, 0, 0), SourceNames.Unrecognised, reason!, 0, raw));
            return;
        }

        _ingestor.InputTime = origin.EnqueuedTime;
        _ingestor.Read(body.Span, origin.Name, origin.Sender);
    }

    /// <summary>Ends the batch: reads what waited for something later in it, or keeps it as dead letters.</summary>
    public void Finish() => _ingestor.Finish();

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => _filter.Wants(path, platform);

    /// <inheritdoc/>
    public bool JoinsParts => true;

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
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
    public void Write(DeadLetter letter) => _letters.Add(new(_origins.GetValueOrDefault(letter.Origin.Input, BodyOrigin.Unknown), letter));
}
