using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Functions.Prevalence;

/// <summary>
/// Prevalence in Table storage: a row for each batch that says something new, put together hour by hour into one row a cut and period of
/// ten days. All of it is sets: a row that is written twice, or put together twice, says the same.
/// </summary>
public sealed class TablePrevalence(TableClient table, TimeProvider clock) : IPrevalenceStore
{
    /// <summary>Days that are read back at least, and up to a period more.</summary>
    private const int HorizonDays = 30;

    /// <summary>Days that rows are kept: longer than they are read back.</summary>
    public const int KeptDays = HorizonDays + (2 * PrevalenceRow.PeriodDays);

    /// <summary>Batches' rows that are put together at once.</summary>
    private const int MaxRows = 5_000;

    private volatile bool _exists;

    /// <inheritdoc/>
    public async Task KeepAsync(PrevalenceFacts words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (!_exists)
        {
            await TableSetup.EnsureAsync(table, cancellationToken).ConfigureAwait(false);
            _exists = true;
        }

        ContentHash hash = new(stackalloc byte[512]);
        hash.Add(PackedPrevalence.Pack(words));
        TableEntity row = PrevalenceRow.OfBatch(words);
        row.PartitionKey = PrevalenceRow.Hour(clock.GetUtcNow());
        row.RowKey = PrevalenceRow.Batches + hash.Finish().ToString("x32", CultureInfo.InvariantCulture);
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task FindAsync(JournalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        int[] cuts = [.. query.PrevalenceCuts];
        if (cuts.Length == 0)
        {
            return;
        }

        // Periods after batches: what is put together meanwhile is read twice, and not missed.
        Dictionary<int, PrevalenceFacts> known = cuts.ToDictionary(static cut => cut, static _ => new PrevalenceFacts());
        PrevalenceFacts all = new();
        string from = PrevalenceRow.Period(clock.GetUtcNow().AddDays(-HorizonDays));
        string[] properties = [.. cuts.Select(PrevalenceRow.Property).Distinct()];
        await foreach (TableEntity row in RowsAsync(
            Batches(from), [PrevalenceRow.Hosts, .. properties], cancellationToken).ConfigureAwait(false))
        {
            PrevalenceRow.Read(row.GetBinary(PrevalenceRow.Hosts), all);
            PrevalenceFacts said = ReadBatch(row, properties);
            foreach ((ulong key, PrevalenceEntry entry) in said.Entries)
            {
                known.GetValueOrDefault(PrevalenceWord.CutOf(key))?.Add(key, entry);
            }
        }

        await ReadAsync(from, PrevalenceRow.Hosts, all, cancellationToken).ConfigureAwait(false);
        foreach (int cut in cuts)
        {
            await ReadAsync(from, PrevalenceRow.Cut(cut), known[cut], cancellationToken).ConfigureAwait(false);
            known[cut].AddHosts(all.Hosts);
            query.Read(known[cut], cut);
        }
    }

    /// <inheritdoc/>
    public async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        List<TableEntity> rows = [];
        await foreach (TableEntity row in RowsAsync(
            Batches(string.Empty, PrevalenceRow.Hour(clock.GetUtcNow())), null, cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row);
            if (rows.Count == MaxRows)
            {
                break;
            }
        }

        foreach (IGrouping<string, TableEntity> period in rows.GroupBy(static row => PrevalenceRow.PeriodOf(row.PartitionKey)))
        {
            await FoldAsync(period.Key, period, cancellationToken).ConfigureAwait(false);
        }

        // Only now: after a crash before this they are put together once more.
        foreach (TableEntity[] some in rows.GroupBy(static row => row.PartitionKey).SelectMany(static hour => hour.Chunk(100)))
        {
            await table.SubmitTransactionAsync(
                some.Select(static row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken)
                .ConfigureAwait(false);
        }

        return rows.Count;
    }

    /// <summary>
    /// Whether nothing was ever kept, or the table is not the app's yet: findings then say less, and none waits. Health tells of it.
    /// </summary>
    private static bool SaysNothing(RequestFailedException exception) => exception.Status is 403 or 404;

    private static string Batches(string from, string? until = null) => until is null
        ? TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and RowKey ge {PrevalenceRow.Batches} and RowKey lt {PrevalenceRow.AfterBatches}")
        : TableClient.CreateQueryFilter(
            $"PartitionKey lt {until} and RowKey ge {PrevalenceRow.Batches} and RowKey lt {PrevalenceRow.AfterBatches}");

    private static PrevalenceFacts ReadBatch(TableEntity row, IEnumerable<string> properties)
    {
        PrevalenceFacts said = new();
        foreach (string property in properties)
        {
            if (row.GetBinary(property) is { } bytes)
            {
                PrevalenceRow.Read(bytes, said);
            }
        }

        return said;
    }

    private async Task FoldAsync(string period, IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        PrevalenceFacts hosts = new();
        SortedDictionary<int, PrevalenceFacts> cuts = [];
        foreach (TableEntity row in rows)
        {
            PrevalenceRow.Read(row.GetBinary(PrevalenceRow.Hosts), hosts);
            foreach ((ulong key, PrevalenceEntry entry) in ReadBatch(row, PrevalenceRow.Properties).Entries)
            {
                int cut = PrevalenceWord.CutOf(key);
                cuts.TryAdd(cut, new(PrevalenceRow.MaxEntries));
                cuts[cut].Add(key, entry);
            }
        }

        await MergeAsync(period, PrevalenceRow.Hosts, hosts, cancellationToken).ConfigureAwait(false);
        foreach ((int cut, PrevalenceFacts facts) in cuts)
        {
            await MergeAsync(period, PrevalenceRow.Cut(cut), facts, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Merges facts into a row. Where another has changed it meanwhile this throws, and the next hour goes on.</summary>
    private async Task MergeAsync(string period, string key, PrevalenceFacts facts, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> before = await table.GetEntityIfExistsAsync<TableEntity>(
            period, key, cancellationToken: cancellationToken).ConfigureAwait(false);
        TableEntity row = new(period, key);
        if (!before.HasValue)
        {
            PrevalenceRow.Write(row, facts);
            await table.AddEntityAsync(row, cancellationToken).ConfigureAwait(false);
            return;
        }

        PrevalenceRow.Read(before.Value!, facts);
        PrevalenceRow.Write(row, facts);
        await table.UpdateEntityAsync(row, before.Value!.ETag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAsync(string from, string key, PrevalenceFacts into, CancellationToken cancellationToken)
    {
        DateTimeOffset day = clock.GetUtcNow();
        for (string period = PrevalenceRow.Period(day); string.CompareOrdinal(period, from) >= 0;
            day = day.AddDays(-PrevalenceRow.PeriodDays), period = PrevalenceRow.Period(day))
        {
            try
            {
                NullableResponse<TableEntity> row = await table.GetEntityIfExistsAsync<TableEntity>(
                    period, key, cancellationToken: cancellationToken).ConfigureAwait(false);
                if (row.HasValue)
                {
                    PrevalenceRow.Read(row.Value!, into);
                }
            }
            catch (RequestFailedException exception) when (SaysNothing(exception))
            {
                return;
            }
        }
    }

    private async IAsyncEnumerable<TableEntity> RowsAsync(
        string filter, IEnumerable<string>? properties,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<TableEntity> rows = table.QueryAsync<TableEntity>(
            filter, select: properties, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(rows).ConfigureAwait(false))
        {
            yield return rows.Current;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<TableEntity> rows)
    {
        try
        {
            return await rows.MoveNextAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (SaysNothing(exception))
        {
            return false;
        }
    }
}
