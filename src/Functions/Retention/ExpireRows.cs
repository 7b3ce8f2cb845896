using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Retention;

/// <summary>Removes rows whose days are over. Blobs go by a rule of the storage account; tables know no such rule.</summary>
/// <remarks>Garbage collection: it decides nothing. What is published again after its row went is there again.</remarks>
public sealed class ExpireRows(IEnumerable<KeptTable> tables, TimeProvider clock, ILogger<ExpireRows> logger)
{
    /// <summary>Rows that one transaction takes. Source: Table storage's limits.</summary>
    private const int MaxTransaction = 100;

    /// <summary>Rows that one run removes of a table: the next run goes on.</summary>
    private const int MaxRows = 50_000;

    private const int NotFound = 404;

    /// <summary>Removes them, once an hour.</summary>
    [Function(nameof(ExpireRows))]
    public async Task RunAsync([TimerTrigger("0 37 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (KeptTable kept in tables)
        {
            string until = clock.GetUtcNow().UtcDateTime.AddDays(-kept.Days).ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
            int removed = await RemoveAsync(kept.Table, until, cancellationToken).ConfigureAwait(false);
            logger.LogInformation("Removed {Rows} rows of {Table} that are older than {Days} days", removed, kept.Table.Name, kept.Days);
        }
    }

    private static async Task<int> RemoveAsync(TableClient table, string until, CancellationToken cancellationToken)
    {
        int removed = 0;
        List<TableTransactionAction> transaction = [];
        try
        {
            await foreach (TableEntity row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey lt {until}"), select: ["PartitionKey", "RowKey"],
                cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (transaction.Count == MaxTransaction
                    || (transaction.Count > 0 && transaction[0].Entity.PartitionKey != row.PartitionKey))
                {
                    removed += await SubmitAsync(table, transaction, cancellationToken).ConfigureAwait(false);
                }

                if (removed >= MaxRows)
                {
                    return removed;
                }

                transaction.Add(new(TableTransactionActionType.Delete, row, Azure.ETag.All));
            }

            return removed + await SubmitAsync(table, transaction, cancellationToken).ConfigureAwait(false);
        }
        catch (Azure.RequestFailedException exception) when (exception.Status == NotFound)
        {
            // The table is not there yet, or another run has removed the row.
            return removed;
        }
    }

    private static async Task<int> SubmitAsync(
        TableClient table, List<TableTransactionAction> transaction, CancellationToken cancellationToken)
    {
        int rows = transaction.Count;
        if (rows > 0)
        {
            await table.SubmitTransactionAsync(transaction, cancellationToken).ConfigureAwait(false);
            transaction.Clear();
        }

        return rows;
    }
}

/// <summary>A table whose partitions are named by time, <c>yyyyMMddHH</c> first, and how long its rows are kept.</summary>
/// <param name="Table">The table.</param>
/// <param name="Days">Days that its rows are kept.</param>
public sealed record KeptTable(TableClient Table, int Days);
