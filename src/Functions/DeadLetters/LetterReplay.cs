using System.Text;
using System.Text.Json;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Ingestion;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>Reads dead letters again, once the cause is gone.</summary>
/// <remarks>
/// In this order: what they say is delivered, then only what is still of no use is left. A replay that is cut short between the two
/// is done again and changes nothing.
/// </remarks>
public sealed class LetterReplay(IDeadLetterStore store, BatchHandler handler, BatchStarter starter)
{
    /// <summary>Bytes of letters that are read as one batch.</summary>
    private const long GroupBytes = 32 << 20;

    /// <summary>Replays one batch.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>What became of it; null where there are no such letters.</returns>
    public async Task<ReplayOutcome?> ReplayAsync(string name, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(name, cancellationToken).ConfigureAwait(false) is not { } kept)
        {
            return null;
        }

        List<KeptLetter> left = [.. kept.Letters.Where(letter => letter.BytesLeftOut is not null)];
        long observed = 0;
        KeptLetter[] whole = [.. kept.Letters.Where(letter => letter.BytesLeftOut is null)];
        foreach (KeptLetter letter in whole.Where(letter => letter.Letter.Source == KeepUndelivered.Source))
        {
            if (!await TryDeliverAsync(name, letter, client, cancellationToken).ConfigureAwait(false))
            {
                left.Add(letter);
            }
        }

        foreach (IncomingBatch batch in Groups(name, whole.Where(letter => letter.Letter.Source != KeepUndelivered.Source)))
        {
            BatchOutcome outcome = await handler.HandleAsync(
                batch,
                client,
                (letters, _) =>
                {
                    left.AddRange(letters);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            observed += outcome.Observed;
        }

        bool settled = await store.ReplaceAsync(name, kept.Version, left, cancellationToken).ConfigureAwait(false);
        return new(name, kept.Letters.Count, observed, left.Count, settled);
    }

    /// <summary>Delivers facts that were given up once; false where they cannot be read.</summary>
    private async Task<bool> TryDeliverAsync(
        string name, KeptLetter letter, DurableTaskClient client, CancellationToken cancellationToken)
    {
        BatchPart part;
        try
        {
            part = FactsJson.Deserialize<BatchPart>(Encoding.UTF8.GetString(letter.Letter.Raw.Span));
        }
        catch (JsonException)
        {
            return false;
        }

        // Of another name than the orchestration that gave up: that one has ended, and the same again would not start.
        await starter.StartAsync(
            client, $"{KeepUndelivered.Source}/replay", BatchId.OfBodies($"replay {name}", [letter.Letter.Raw]), 0, part, cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>Letters as batches: each letter is a body, under the origin that it came by.</summary>
    private static IEnumerable<IncomingBatch> Groups(string name, IEnumerable<KeptLetter> letters)
    {
        List<IncomingBody> bodies = [];
        long bytes = 0;
        foreach (KeptLetter letter in letters)
        {
            bodies.Add(new(letter.Letter.Raw, letter.Origin));
            bytes += letter.Letter.Raw.Length;
            if (bytes >= GroupBytes)
            {
                yield return Batch(bodies);
                (bodies, bytes) = ([], 0);
            }
        }

        if (bodies.Count > 0)
        {
            yield return Batch(bodies);
        }

        // The id is made of what they say: what is replayed again after it was changed is not taken for delivered.
        IncomingBatch Batch(List<IncomingBody> group) => new(
            BatchId.OfBodies($"replay {name}", group.Select(body => body.Content)), group[0].Origin.Source, group);
    }
}

/// <summary>What became of one batch of dead letters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Letters">Letters that it held.</param>
/// <param name="Observed">Records that were observed now.</param>
/// <param name="Left">Letters that are still of no use.</param>
/// <param name="IsSettled">Whether what is left was written; false where somebody else replayed it meanwhile.</param>
public sealed record ReplayOutcome(string Name, int Letters, long Observed, int Left, bool IsSettled);
