using System.Globalization;
using Azure.Data.Tables;
using CipherWatch.Core.Pipeline.Journal;

namespace CipherWatch.Functions.Journal;

/// <summary>
/// The flow journal in Table storage: one row a batch, or as many as its bytes need, in the partition of the hour it was read in. Writing
/// the same batch again replaces its rows by the same.
/// </summary>
public sealed class TableJournal(TableClient table, TimeProvider clock) : IFlowJournal
{
    /// <summary>Bytes of one property at most. Source: Table storage's limits.</summary>
    private const int MaxPropertyBytes = 64 << 10;

    /// <summary>Properties of a row: a row of at most 1 MiB with its overhead.</summary>
    private const int MaxProperties = 14;

    /// <summary>
    /// Hours that are read back: what explains a flow longer before it was seen does not count. The horizon of docs/architecture.md.
    /// </summary>
    private const int HorizonHours = 26;

    private volatile bool _exists;

    /// <inheritdoc/>
    public async Task KeepAsync(string batchId, FlowJournal journal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        int at = 0;
        if (!_exists && journal.Count > 0)
        {
            await table.CreateIfNotExistsAsync(cancellationToken).ConfigureAwait(false);
            _exists = true;
        }

        for (int row = 0; at < journal.Held.Length; row++)
        {
            TableEntity entity = new(Hour(clock.GetUtcNow()), string.Create(CultureInfo.InvariantCulture, $"{batchId}-{row:d4}"));
            for (int property = 0; property < MaxProperties && at < journal.Held.Length; property++)
            {
                ReadOnlySpan<byte> part = FlowJournal.WholeEntries(journal.Held[at..], MaxPropertyBytes);
                entity.Add(Property(property), part.ToArray());
                at += part.Length;
            }

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

        string from = Hour(clock.GetUtcNow().AddHours(-HorizonHours));
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {from}"), cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            for (int property = 0; property < MaxProperties && row.GetBinary(Property(property)) is { } part; property++)
            {
                query.Read(part);
            }
        }
    }

    private static string Hour(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    private static string Property(int index) => string.Create(CultureInfo.InvariantCulture, $"E{index:d2}");
}
