using Azure;
using Azure.Data.Tables;

namespace CipherWatch.Sinks.Tables;

/// <summary>Reads detections back from the table that <see cref="TableSink"/> writes.</summary>
public sealed class StoredDetections(TableClient table)
{
    private const int NotFound = 404;
    private const int BadRequest = 400;

    /// <summary>Pages without a row that are passed over: a filter on columns lets the service answer empty ones.</summary>
    private const int MaxEmptyPages = 50;

    /// <summary>Reads one page, in the order of days, then hosts.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="top">Rows at most.</param>
    /// <param name="after">Where an earlier page ended; null for the first.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    /// <returns>The page; null where <paramref name="after"/> is no place to go on from.</returns>
    /// <exception cref="SinkException">The table cannot be reached or refuses.</exception>
    public async Task<DetectionPage?> PageAsync(DetectionFilter filter, int top, string? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        try
        {
            AsyncPageable<TableEntity> rows = table.QueryAsync<TableEntity>(filter.ToOData(), top, cancellationToken: cancellationToken);
            string? next = after;
            int empty = 0;
            await foreach (Page<TableEntity> page in rows.AsPages(after, top).ConfigureAwait(false))
            {
                List<string> detections = [.. page.Values
                    .Where(row => filter.WithSuperseded || row.GetString("SupersededBy") is null)
                    .Select(TableContent.Read)];
                next = page.ContinuationToken;
                if (detections.Count > 0 || ++empty == MaxEmptyPages)
                {
                    return new(detections, next);
                }
            }

            return new([], null);
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            return new([], null);
        }
        catch (Exception exception) when (after is not null
            && exception is FormatException or ArgumentException or RequestFailedException { Status: BadRequest })
        {
            return null;
        }
        catch (Exception exception) when (TableFailure.Explain(exception, table.Uri) is { } message)
        {
            throw new SinkException($"table {table.Name}: {message}", exception);
        }
    }
}

/// <summary>One page of stored detections.</summary>
/// <param name="Detections">Each as the JSON that was published.</param>
/// <param name="Next">Where the next page begins; null where this is the last.</param>
public sealed record DetectionPage(IReadOnlyList<string> Detections, string? Next);
