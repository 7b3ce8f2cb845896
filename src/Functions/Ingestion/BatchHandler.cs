using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Exporters;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Journal;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Telemetry;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Ingestion;

/// <summary>What every way in goes through: read, keep the dead letters, start the orchestrations.</summary>
/// <remarks>
/// In this order, and each step idempotent: a batch that fails is read again whole. Only an unavailable dependency fails it (the dead
/// letters' store, the orchestrations' backend); what a record holds never does.
/// </remarks>
public sealed class BatchHandler(
    LiveSettings settings, ExporterTemplates exporters, IDeadLetterStore deadLetters, IFlowJournal journal, BatchStarter starter,
    InstanceTally instance, AppMeter meter, ILogger<BatchHandler> logger)
{
    /// <summary>Handles one batch.</summary>
    /// <param name="batch">What came, and where from.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    public Task<BatchOutcome> HandleAsync(IncomingBatch batch, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return HandleAsync(
            batch, client, (letters, stop) => deadLetters.KeepAsync(DeadLetterName.Of(batch), letters, stop), cancellationToken);
    }

    /// <summary>Handles one batch whose dead letters go elsewhere.</summary>
    internal async Task<BatchOutcome> HandleAsync(
        IncomingBatch batch, DurableTaskClient client, Func<IReadOnlyList<KeptLetter>, CancellationToken, Task> keep,
        CancellationToken cancellationToken)
    {
        JudgingSettings judging = settings.Current;
        DatagramTemplates templates = exporters.Of(batch);
        (BatchReader reader, BatchTally tally) = Read(batch, judging, templates, cancellationToken);
        if (await exporters.FindMissedAsync(batch.Lane, templates, cancellationToken).ConfigureAwait(false))
        {
            (reader, tally) = Read(batch, judging, templates, cancellationToken);
        }

        await exporters.KeepAsync(batch.Lane, templates, cancellationToken).ConfigureAwait(false);
        if (reader.Letters.Count > 0)
        {
            await keep(reader.Letters, cancellationToken).ConfigureAwait(false);
        }

        // Before any entity is called: one that asks the journal is to find this batch there.
        await journal.KeepAsync(batch.Id, reader.Facts.Journal, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> instances = await starter.StartAsync(client, batch.Lane, batch.Id, reader.Facts, cancellationToken)
            .ConfigureAwait(false);
        BatchOutcome outcome = new(
            reader.Counts.Records,
            reader.Counts.Observed,
            reader.Counts.Skipped,
            reader.Counts.DeadLettered,
            reader.Unread,
            reader.Counts.Observations,
            reader.Facts.Count,
            instances,
            reader.Counts.BySource);
        meter.Add(batch, outcome, reader.Letters);
        instance.Add(tally, outcome);

        // Records per operation is the figure to watch: entities take far fewer operations a second than hubs deliver events.
        logger.LogInformation(
            "Batch {BatchId}: {Records} records, {Observed} observed, {Skipped} skipped, {DeadLettered} dead-lettered, {Unread} bodies "
            + "unread; {Operations} entity operations in {Instances} orchestrations, {RecordsPerOperation:0.0} records per operation",
            batch.Id, outcome.Records, outcome.Observed, outcome.Skipped, outcome.DeadLettered, outcome.Unread, outcome.Operations,
            instances.Count, outcome.Records / (double)Math.Max(1, outcome.Operations));
        return outcome;
    }

    private static (BatchReader Reader, BatchTally Tally) Read(
        IncomingBatch batch, JudgingSettings judging, DatagramTemplates templates, CancellationToken cancellationToken)
    {
        BatchTally tally = new();
        BatchReader reader = new(judging.Modules, judging.Routes, templates, tally: tally);
        foreach (IncomingBody body in batch.Bodies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.Read(body);
        }

        reader.Finish();
        return (reader, tally);
    }
}

/// <summary>What became of a batch. <c>records = observed + skipped + deadLettered</c>.</summary>
/// <param name="Records">Input records.</param>
/// <param name="Observed">Records that yielded observations.</param>
/// <param name="Skipped">Records left out by design.</param>
/// <param name="DeadLettered">Records that could not be used.</param>
/// <param name="Unread">Bodies that were set aside whole, whatever was read of them before.</param>
/// <param name="Observations">Observations.</param>
/// <param name="Operations">Entities that are called in the first instance.</param>
/// <param name="Instances">Orchestrations that deliver it.</param>
/// <param name="BySource">Records by the name of their source.</param>
public sealed record BatchOutcome(
    long Records, long Observed, long Skipped, long DeadLettered, int Unread, long Observations, int Operations,
    IReadOnlyList<string> Instances, IReadOnlyDictionary<string, long> BySource);
