using System.Collections.Concurrent;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.Exporters;

/// <summary>Templates of flow exporters by lane: held while a worker reads a partition, kept in a store for the next that does.</summary>
/// <remarks>
/// The store is read for data that no template in memory describes. What is in memory counts only while the worker reads one batch of a
/// partition after another: where there is a gap another worker read between, and what its exporters sent there is not known here.
/// </remarks>
public sealed class ExporterTemplates(ITemplateStore store)
{
    private readonly ConcurrentDictionary<string, Held> _lanes = new(StringComparer.Ordinal);

    /// <summary>The templates to read a batch with.</summary>
    public DatagramTemplates Of(IncomingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Bodies is not [{ Origin.SequenceNumber: { } first }, ..] || batch.Bodies[^1].Origin.SequenceNumber is not { } last)
        {
            return new();
        }

        DatagramTemplates templates = _lanes.TryGetValue(batch.Lane, out Held? held) && held.Last + 1 == first ? held.Templates : new();
        _lanes[batch.Lane] = new(templates, last);
        return templates;
    }

    /// <summary>Reads the store where data came that no template described.</summary>
    /// <returns>Whether there is something that was not known: the batch is to be read once more.</returns>
    public async Task<bool> FindMissedAsync(string lane, DatagramTemplates templates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(templates);
        if (!templates.HasMissed)
        {
            return false;
        }

        templates.HasMissed = false;

        // What the batch itself said is newer than what the store has: it is said again when the batch is read again.
        bool isNew = false;
        foreach (HeldTemplate held in await store.ReadAsync(lane, cancellationToken).ConfigureAwait(false))
        {
            isNew |= templates.Add(held);
        }

        return isNew;
    }

    /// <summary>Keeps what was learned.</summary>
    public async Task KeepAsync(string lane, DatagramTemplates templates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(templates);
        if (templates.TakeLearned() is { Count: > 0 } learned)
        {
            await store.KeepAsync(lane, learned, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Held(DatagramTemplates Templates, long Last);
}
