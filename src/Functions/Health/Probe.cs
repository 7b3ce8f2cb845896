using Azure;
using Azure.Data.Tables;

namespace CipherWatch.Functions.Health;

/// <summary>Asks storage for something small.</summary>
internal static class Probe
{
    private const int NotFound = 404;

    /// <summary>Asks a table for one row. A table that is not there yet answers too.</summary>
    public static async Task AnyRowAsync(TableClient table, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (TableEntity _ in table.QueryAsync<TableEntity>(
                maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
        }
    }
}
