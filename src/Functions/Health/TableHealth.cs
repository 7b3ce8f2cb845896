using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Functions.Health;

/// <summary>What instances have seen, in Table storage: a partition a day, a row an instance.</summary>
public sealed class TableHealth(TableClient table) : IHealthStore
{
    private const string Tally = "Tally";
    private const int NotFound = 404;
    private volatile bool _exists;

    /// <inheritdoc/>
    public async Task KeepAsync(DateOnly day, string instance, string tally, CancellationToken cancellationToken)
    {
        if (!_exists)
        {
            await TableSetup.EnsureAsync(table, cancellationToken).ConfigureAwait(false);
            _exists = true;
        }

        TableEntity row = new(Key(day), instance) { [Tally] = tally };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<DayTally> ReadAsync(DateOnly since, CancellationToken cancellationToken)
    {
        DayTally all = new() { Day = since };
        try
        {
            string from = Key(since);
            await foreach (TableEntity row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey ge {from}"), cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                all.Merge(TallyJson.Read(since, row.GetString(Tally)));
            }
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            // Nothing has been seen yet.
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException)
        {
            throw new InvalidOperationException($"A row of the table {table.Name} is not of this app.", exception);
        }

        return all;
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(DateOnly before, CancellationToken cancellationToken)
    {
        string until = Key(before);
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey lt {until}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken)
            .ConfigureAwait(false))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Key(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
