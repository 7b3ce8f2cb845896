using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>Dead letters as blobs, one each: a whole event is larger than a table's row takes.</summary>
public sealed class BlobDeadLetters(BlobContainerClient container, ILogger<BlobDeadLetters> logger) : IDeadLetterStore
{
    /// <summary>Blobs written at once.</summary>
    private const int Concurrency = 8;

    private volatile bool _exists;

    /// <inheritdoc/>
    public async Task KeepAsync(IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letters);
        if (!_exists)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            _exists = true;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(letters, options, async (letter, stop) =>
            await container.GetBlobClient(letter.Name).UploadAsync(new BinaryData(letter.ToUtf8()), overwrite: true, stop)
                .ConfigureAwait(false)).ConfigureAwait(false);
        foreach (IGrouping<string, KeptLetter> reason in letters.GroupBy(letter => letter.Letter.Reason, StringComparer.Ordinal))
        {
            logger.LogWarning(
                "Kept {Letters} dead letters of {Source} in {Container}: {Reason}",
                reason.Count(), reason.First().Origin.Name, container.Name, reason.Key);
        }
    }
}
