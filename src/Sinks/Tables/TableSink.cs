using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline;

namespace CipherWatch.Sinks.Tables;

/// <summary>Detections in Table storage, one row each; publishing the same again changes nothing.</summary>
/// <remarks>
/// A row is replaced under its ETag only, so of two writers at once one reads again and decides anew: a lower revision never
/// lands on a higher one.
/// </remarks>
public sealed class TableSink(TableClient table, ReplaceWhen replaceWhen = ReplaceWhen.HigherRevision) : IDetectionSink
{
    /// <summary>Rows that are written at once: a partition takes 2,000 operations a second, a call takes about 10 ms.</summary>
    private const int Concurrency = 16;

    /// <summary>Times that a row is read again because another writer came between; each means that the other one got on.</summary>
    private const int MaxAttempts = 16;

    private const int Conflict = 409;
    private const int PreconditionFailed = 412;
    private const int NotFound = 404;
    private static readonly string[] Compared = [TableRow.Revision, TableRow.ContentHash];
    private volatile bool _exists;

    /// <inheritdoc/>
    public string Name => $"table {table.Name}";

    /// <inheritdoc/>
    /// <exception cref="SinkException">The table cannot be reached or refuses the rows.</exception>
    public async Task PublishAsync(IReadOnlyList<Detection> detections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(detections);
        try
        {
            if (!_exists)
            {
                await TableSetup.EnsureAsync(table, cancellationToken).ConfigureAwait(false);
                _exists = true;
            }

            ParallelOptions options = new() { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(detections, options, async (detection, stop) =>
                await UpsertAsync(TableRow.Of(detection), stop).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception) when (TableFailure.Explain(exception, table.Uri) is { } message)
        {
            throw new SinkException($"{Name}: {message}", exception);
        }
    }

    private async Task UpsertAsync(TableEntity row, CancellationToken cancellationToken)
    {
        for (int attempt = 0; !await TryUpsertAsync(row, attempt == MaxAttempts, cancellationToken).ConfigureAwait(false); attempt++)
        {
        }
    }

    /// <summary>Writes a row where it belongs; false when another writer came between and it is to be read again.</summary>
    private async Task<bool> TryUpsertAsync(TableEntity row, bool last, CancellationToken cancellationToken)
    {
        try
        {
            NullableResponse<TableEntity> stored = await table.GetEntityIfExistsAsync<TableEntity>(
                row.PartitionKey, row.RowKey, Compared, cancellationToken).ConfigureAwait(false);
            if (!stored.HasValue)
            {
                await table.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
            }
            else if (Replaces(row, stored.Value!))
            {
                await table.UpdateEntityAsync(row, stored.Value!.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (RequestFailedException exception)
            when (!last && exception.Status is Conflict or PreconditionFailed or NotFound
                && exception.ErrorCode != TableErrorCode.TableNotFound)
        {
            return false;
        }
    }

    private bool Replaces(TableEntity row, TableEntity stored)
    {
        int revision = row.GetInt32(TableRow.Revision) ?? 0;
        int held = stored.GetInt32(TableRow.Revision) ?? 0;
        return revision > held || (revision == held && replaceWhen == ReplaceWhen.SameOrHigherRevision
            && row.GetString(TableRow.ContentHash) != stored.GetString(TableRow.ContentHash));
    }
}
