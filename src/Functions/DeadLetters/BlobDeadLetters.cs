using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CipherWatch.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.DeadLetters;

/// <summary>
/// Dead letters as blobs, one a batch, a JSON object a line: a hostile event costs one request, however many records it holds.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="withBytes">Whether the bytes of letters are kept; without them nothing can be replayed.</param>
/// <param name="logger">Told of what was kept.</param>
public sealed class BlobDeadLetters(BlobContainerClient container, bool withBytes, ILogger<BlobDeadLetters> logger) : IDeadLetterStore
{
    /// <summary>Reasons that are logged of one batch; all of them stand in the blob.</summary>
    private const int MaxLogged = 10;

    private const int NotFound = 404;
    private const int PreconditionFailed = 412;
    private volatile bool _exists;

    /// <inheritdoc/>
    public async Task KeepAsync(string name, IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letters);
        if (!_exists)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            _exists = true;
        }

        await WriteAsync(name, letters, null, cancellationToken).ConfigureAwait(false);
        foreach (IGrouping<string, KeptLetter> reason in letters
            .GroupBy(letter => ReasonLabel.Of(letter.Letter.Reason), StringComparer.Ordinal).Take(MaxLogged))
        {
            logger.LogWarning(
                "Kept {Letters} dead letters in {Container}/{Name}: {Reason}", reason.Count(), container.Name, name, reason.Key);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> NamesAsync(
        string? prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await container.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield break;
        }

        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
            .ConfigureAwait(false))
        {
            if (after is null || string.CompareOrdinal(blob.Name, after) > 0)
            {
                yield return blob.Name;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<KeptBatch?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            Response<BlobDownloadStreamingResult> blob = await container.GetBlobClient(name)
                .DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            using BlobDownloadStreamingResult answer = blob.Value;
            List<KeptLetter> letters = [];
            using StreamReader lines = new(answer.Content);
            while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                letters.Add(LetterJson.Read(Encoding.UTF8.GetBytes(line)));
            }

            return new(answer.Details.ETag.ToString(), letters);
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> ReplaceAsync(
        string name, string version, IReadOnlyList<KeptLetter> left, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(left);
        BlobRequestConditions same = new() { IfMatch = new ETag(version) };
        try
        {
            await (left.Count == 0
                ? container.GetBlobClient(name).DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, same, cancellationToken)
                : WriteAsync(name, left, same, cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is NotFound or PreconditionFailed)
        {
            return false;
        }
    }

    /// <summary>Writes a blob as a stream: a batch of whole bodies is larger than memory should hold twice.</summary>
    private async Task WriteAsync(
        string name, IReadOnlyList<KeptLetter> letters, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        BlobUploadOptions options = new()
        {
            Conditions = conditions,
            HttpHeaders = new() { ContentType = "application/x-ndjson" },
        };
        using LetterStream stream = new(letters, withBytes);
        await container.GetBlobClient(name).UploadAsync(stream, options, cancellationToken).ConfigureAwait(false);
    }
}
