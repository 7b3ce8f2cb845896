using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace CipherWatch.Functions.Settings;

/// <summary>
/// Settings in a blob. Beside it the app keeps the last version without a mistake (<c>&lt;name&gt;.last-good</c>) and the version by which
/// all that was open has been judged (<c>&lt;name&gt;.judged</c>).
/// </summary>
public sealed class BlobSettings(BlobClient blob, BlobClient lastGood, BlobClient judged) : ISettingsStore
{
    /// <summary>Largest settings file, bytes; a list of thousands of patterns is a tenth of it.</summary>
    public const int MaxBytes = 4 << 20;

    private const string Absent = "absent";
    private const int NotModified = 304;
    private const int NotFound = 404;
    private const int Conflict = 409;
    private const int PreconditionFailed = 412;

    /// <inheritdoc/>
    public string Name => blob.Uri.GetLeftPart(UriPartial.Path);

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <summary>The settings of a blob, with what is kept beside it.</summary>
    public static BlobSettings Of(BlobClient blob)
    {
        ArgumentNullException.ThrowIfNull(blob);
        BlobContainerClient container = blob.GetParentBlobContainerClient();
        return new(blob, container.GetBlobClient($"{blob.Name}.last-good"), container.GetBlobClient($"{blob.Name}.judged"));
    }

    /// <inheritdoc/>
    public async Task<StoredSettings> ReadAsync(string? knownTag, CancellationToken cancellationToken)
    {
        BlobRequestConditions? changed = knownTag is null or Absent ? null : new() { IfNoneMatch = new ETag(knownTag) };
        try
        {
            Response<BlobDownloadStreamingResult> answer = await blob.DownloadStreamingAsync(
                new BlobDownloadOptions { Conditions = changed }, cancellationToken).ConfigureAwait(false);
            if (answer.GetRawResponse().Status == NotModified)
            {
                return new(knownTag!, null);
            }

            using BlobDownloadStreamingResult found = answer.Value;
            if (found.Details.ContentLength > MaxBytes)
            {
                throw new IOException($"It is larger than {MaxBytes >> 20} MiB: it is no settings file.");
            }

            byte[] json = new byte[found.Details.ContentLength];
            await found.Content.ReadExactlyAsync(json, cancellationToken).ConfigureAwait(false);
            return new(found.Details.ETag.ToString(), json);
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            return new(Absent, null);
        }
    }

    /// <inheritdoc/>
    public Task KeepGoodAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        lastGood.UploadAsync(new BinaryData(json), overwrite: true, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadLastGoodAsync(CancellationToken cancellationToken) =>
        (await ContentAsync(lastGood, cancellationToken).ConfigureAwait(false))?.ToMemory();

    /// <inheritdoc/>
    public async Task<bool> ReplaceAsync(string tag, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        BlobRequestConditions same = tag == Absent ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = new ETag(tag) };
        try
        {
            await blob.UploadAsync(
                new BinaryData(json),
                new BlobUploadOptions { Conditions = same, HttpHeaders = new() { ContentType = "application/json" } },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is Conflict or PreconditionFailed)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> ReadJudgedAsync(CancellationToken cancellationToken) =>
        (await ContentAsync(judged, cancellationToken).ConfigureAwait(false))?.ToString();

    /// <inheritdoc/>
    public Task KeepJudgedAsync(string version, CancellationToken cancellationToken) =>
        judged.UploadAsync(new BinaryData(version), overwrite: true, cancellationToken);

    private static async Task<BinaryData?> ContentAsync(BlobClient kept, CancellationToken cancellationToken)
    {
        try
        {
            Response<BlobDownloadResult> found = await kept.DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            return found.Value.Content;
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            return null;
        }
    }
}
