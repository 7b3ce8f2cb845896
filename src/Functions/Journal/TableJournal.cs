using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Functions.Journal;

/// <summary>
/// The flow journal in Table storage: one row a batch, or as many as its bytes need, in the partition of the hour it was read in. A row
/// has a property for each cut of its entries by their addresses, so that who asks reads those of its own and not all of a batch's.
/// Writing the same batch again replaces its rows by the same.
/// </summary>
public sealed class TableJournal(TableClient table, TimeProvider clock) : IFlowJournal
{
    /// <summary>Bytes of one property at most. Source: Table storage's limits.</summary>
    private const int MaxPropertyBytes = 64 << 10;

    /// <summary>Bytes of a row's entries: a row is at most 1 MiB with its overhead.</summary>
    private const int MaxRowBytes = 900 << 10;

    /// <summary>
    /// Hours that are read back: what explains a flow longer before it was seen does not count. The horizon of docs/architecture.md.
    /// </summary>
    private const int HorizonHours = 26;

    private const int NotFound = 404;
    private volatile bool _exists;

    /// <inheritdoc/>
    public async Task KeepAsync(string batchId, FlowJournal journal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        if (!_exists && journal.Count > 0)
        {
            await TableSetup.EnsureAsync(table, cancellationToken).ConfigureAwait(false);
            _exists = true;
        }

        int row = 0;
        foreach (TableEntity entity in Rows(journal))
        {
            entity.PartitionKey = Hour(clock.GetUtcNow());
            entity.RowKey = string.Create(CultureInfo.InvariantCulture, $"{batchId}-{row++:d4}");
            await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task FindAsync(JournalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.IsEmpty)
        {
            return;
        }

        // Who asks by a name does not know the addresses: all is read.
        string[] properties = [.. query.Cuts.Select(Property)];
        string from = Hour(clock.GetUtcNow().AddHours(-HorizonHours));
        try
        {
            await foreach (TableEntity row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey ge {from}"), select: properties, cancellationToken: cancellationToken)
                .ConfigureAwait(false))
            {
                foreach (string property in properties)
                {
                    query.Read(row.GetBinary(property));
                }
            }
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            // Nothing was ever kept.
        }
    }

    /// <summary>A batch's entries as rows, each of them full before the next begins.</summary>
    private static List<TableEntity> Rows(FlowJournal journal)
    {
        List<TableEntity> rows = [];
        byte[][] parts = journal.HeldByCut();
        int[] at = new int[parts.Length];
        while (parts.Where((part, cut) => at[cut] < part.Length).Any())
        {
            TableEntity row = [];
            int left = MaxRowBytes;
            for (int cut = 0; cut < parts.Length; cut++)
            {
                ReadOnlySpan<byte> part = FlowJournal.WholeEntries(parts[cut].AsSpan(at[cut]), Math.Min(left, MaxPropertyBytes));
                if (part.Length > 0)
                {
                    row.Add(Property(cut), part.ToArray());
                    at[cut] += part.Length;
                    left -= part.Length;
                }
            }

            rows.Add(row);
        }

        return rows;
    }

    private static string Hour(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    private static string Property(int cut) => string.Create(CultureInfo.InvariantCulture, $"E{cut:d2}");
}
