using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Journal;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Ingestion;

/// <summary>What every way in goes through: read, keep the dead letters, start the orchestrations.</summary>
/// <remarks>
/// In this order, and each step idempotent: a batch that fails is read again whole. Only what is out fails it (the dead letters'
/// store, the orchestrations' backend); what a record holds never does.
/// </remarks>
public sealed class BatchHandler(
    ModuleFilter filter, FlowRoutes routes, DatagramTemplates templates, IDeadLetterStore deadLetters, IFlowJournal journal,
        BatchStarter starter, ILogger<BatchHandler> logger)
{
    /// <summary>Handles one batch.</summary>
    /// <param name="batchId">Its id, made of where it stands or what it says.</param>
    /// <param name="bodies">Its bodies and where each came from.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    public async Task<BatchOutcome> HandleAsync(
        string batchId, IEnumerable<(ReadOnlyMemory<byte> Body, BodyOrigin Origin)> bodies, DurableTaskClient client,
            CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        BatchReader reader = new(filter, routes, templates);
        string lane = "none";
        foreach ((ReadOnlyMemory<byte> body, BodyOrigin origin) in bodies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lane = origin.Lane;
            reader.Read(body, origin);
        }

        reader.Finish();
        if (reader.Letters.Count > 0)
        {
            await deadLetters.KeepAsync(reader.Letters, cancellationToken).ConfigureAwait(false);
        }

        // Before any entity is called: one that asks the journal is to find this batch there.
        await journal.KeepAsync(batchId, reader.Facts.Journal, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> instances = await starter.StartAsync(
            client, lane, batchId, reader.Facts, cancellationToken).ConfigureAwait(false);
        BatchOutcome outcome = new(
            reader.Counts.Records + reader.UnreadableBodies,
            reader.Counts.Observed,
            reader.Counts.Skipped,
            reader.Counts.DeadLettered + reader.UnreadableBodies,
            reader.Counts.Observations,
            reader.Facts.Count,
            instances);

        // Events per operation is the figure to watch: entities take far fewer operations a second than hubs deliver events.
        logger.LogInformation(
            "Batch {BatchId}: {Records} records, {Observed} observed, {Skipped} skipped, {DeadLettered} dead-lettered; {Operations} entity operations in {Instances} orchestrations, {EventsPerOperation:0.0} events per operation",
            batchId, outcome.Records, outcome.Observed, outcome.Skipped, outcome.DeadLettered, outcome.Operations, instances.Count,
            outcome.Records / (double)Math.Max(1, outcome.Operations));
        return outcome;
    }
}

/// <summary>What became of a batch. <c>records = observed + skipped + deadLettered</c>.</summary>
/// <param name="Records">Input records.</param>
/// <param name="Observed">Records that yielded observations.</param>
/// <param name="Skipped">Records left out by design.</param>
/// <param name="DeadLettered">Records and bodies that could not be used.</param>
/// <param name="Observations">Observations.</param>
/// <param name="Operations">Entities that are called in the first instance.</param>
/// <param name="Instances">Orchestrations that deliver it.</param>
public sealed record BatchOutcome(
    long Records, long Observed, long Skipped, long DeadLettered, long Observations, int Operations, IReadOnlyList<string> Instances);
