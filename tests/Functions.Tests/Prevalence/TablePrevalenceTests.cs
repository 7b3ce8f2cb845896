using Azure;
using Azure.Data.Tables;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Functions.Prevalence;
using CipherWatch.Functions.Retention;
using CipherWatch.Sinks.Tests.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Prevalence;

/// <summary>Prevalence in Table storage: said by batches, put together by the hour, read back for a month, and gone after that.</summary>
public class TablePrevalenceTests(AzuriteFixture azurite)
{
    private const int Day = 20_514;
    private static readonly ulong Program = PrevalenceWord.KeyOf(PrevalenceWord.OfImage("aa"));
    private readonly FakeTimeProvider _clock = new(new(2026, 3, 2, 12, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_batches_said_is_found_before_and_after_it_is_put_together()
    {
        (TableClient table, TablePrevalence store) = Store("PrevalenceFound");
        PrevalenceFacts all = new();
        foreach (int host in Enumerable.Range(1, 14))
        {
            PrevalenceFacts words = Words(host, "aa", "bb", $"own-{host}");
            all.Add(words);
            await KeepTwiceAsync(store, words);
            _clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(Found(all), await FoundAsync(store));
        Assert.Contains("Hosts = 14, Since = 20514, ManySince = 20514, InSight = 14", await FoundAsync(store), StringComparison.Ordinal);

        // The hour that is under way stays as it is.
        Assert.Equal(6, await store.FoldAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Found(all), await FoundAsync(store));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(8, await store.FoldAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await store.FoldAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Found(all), await FoundAsync(store));
        Assert.DoesNotContain(table.Query<TableEntity>(), static row => row.RowKey.StartsWith("words-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_died_before_it_removed_what_it_put_together_is_made_again()
    {
        (TableClient table, TablePrevalence store) = Store("PrevalenceDied");
        foreach (int host in Enumerable.Range(1, 12))
        {
            await KeepTwiceAsync(store, Words(host, "aa"));
        }

        string before = await FoundAsync(store);
        List<TableEntity> rows = [.. table.Query<TableEntity>()];
        _clock.Advance(TimeSpan.FromHours(1));
        await store.FoldAsync(TestContext.Current.CancellationToken);

        // Some of the rows are there as if they had never been removed.
        foreach (TableEntity row in rows.Take(9))
        {
            await table.UpsertEntityAsync(row, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, await FoundAsync(store));
        Assert.Equal(9, await store.FoldAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, await FoundAsync(store));
    }

    [Fact]
    public async Task A_row_that_is_broken_stands_in_nobodys_way()
    {
        (TableClient table, TablePrevalence store) = Store("PrevalenceBroken");
        await store.KeepAsync(Words(1, "aa"), TestContext.Current.CancellationToken);
        string before = await FoundAsync(store);
        TableEntity broken = new(table.Query<TableEntity>().First().PartitionKey, "words-broken") { ["hosts"] = new byte[] { 0xff, 0xff, 0xff } };
        foreach (int property in Enumerable.Range(0, 64))
        {
            broken[$"P{property:d2}"] = new byte[] { 0xff };
        }

        await table.AddEntityAsync(broken, TestContext.Current.CancellationToken);
        Assert.Equal(before, await FoundAsync(store));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await store.FoldAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, await FoundAsync(store));
    }

    [Fact]
    public async Task A_row_that_another_run_changed_meanwhile_is_not_overwritten()
    {
        (TableClient table, TablePrevalence store) = Store("PrevalenceRace");
        await store.KeepAsync(Words(1, "aa"), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromHours(1));
        await store.FoldAsync(TestContext.Current.CancellationToken);
        TableEntity stale = table.Query<TableEntity>().First();
        await store.KeepAsync(Words(2, "aa"), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromHours(1));
        await store.FoldAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(stale, stale.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken));
        Assert.Contains("Hosts = 3,", await FoundAsync(store), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(45, false)]
    public async Task What_was_seen_a_month_ago_counts_and_what_was_seen_longer_ago_does_not(int days, bool counts)
    {
        (_, TablePrevalence store) = Store($"PrevalenceOld{days}");
        foreach (int host in Enumerable.Range(1, 12))
        {
            await store.KeepAsync(Words(host, "aa"), TestContext.Current.CancellationToken);
        }

        _clock.Advance(TimeSpan.FromHours(1));
        await store.FoldAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromHours(1));
        Assert.Contains(counts ? "Hosts = 13," : "Hosts = 1,", await FoundAsync(store, asker: 99), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_not_read_any_more_are_removed_and_no_others()
    {
        (TableClient table, TablePrevalence store) = Store("PrevalenceAged");
        await store.KeepAsync(Words(1, "aa"), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromHours(1));
        await store.FoldAsync(TestContext.Current.CancellationToken);
        ExpireRows expire = new([new(table, TablePrevalence.KeptDays)], _clock, NullLogger<ExpireRows>.Instance);

        _clock.Advance(TimeSpan.FromDays(30));
        await expire.RunAsync(new(), TestContext.Current.CancellationToken);
        Assert.NotEmpty(table.Query<TableEntity>());
        _clock.Advance(TimeSpan.FromDays(25));
        await expire.RunAsync(new(), TestContext.Current.CancellationToken);
        Assert.Empty(table.Query<TableEntity>());
    }

    [Fact]
    public async Task Where_nothing_was_ever_kept_a_process_knows_of_itself_alone()
    {
        (_, TablePrevalence store) = Store("PrevalenceNever");
        Assert.Contains("Hosts = 1, Since = 20514, ManySince = 2147483647, InSight = 1", await FoundAsync(store), StringComparison.Ordinal);
        Assert.Equal(0, await store.FoldAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_row_holds_as_many_keys_as_a_cut_keeps_and_says_what_it_left_out()
    {
        PrevalenceFacts facts = new(PrevalenceRow.MaxEntries);
        Random random = new(7);
        for (int word = 0; word < 400_000; word++)
        {
            // More hosts than any row could hold.
            facts.Add(new PrevalenceWord((ulong)random.Next(20_000), (ulong)random.NextInt64(), Day));
        }

        TableEntity row = new("p", "r");
        PrevalenceRow.Write(row, facts);
        int bytes = row.Select(static part => part.Value).OfType<byte[]>().Sum(static part => part.Length);
        Assert.InRange(bytes, 100_000, 900 << 10);
        Assert.All(row.Select(static part => part.Value).OfType<byte[]>(), static part => Assert.InRange(part.Length, 1, 64 << 10));
        PrevalenceFacts read = new();
        PrevalenceRow.Read(row, read);
        Assert.True(read.Limit < ulong.MaxValue);
        Assert.All(read.Entries, entry => Assert.True(entry.Key < read.Limit));
        Assert.Null(read.Find(new(new(read.Limit, 1, Day), Day)));
    }

    private static async Task KeepTwiceAsync(TablePrevalence store, PrevalenceFacts words)
    {
        await store.KeepAsync(words, TestContext.Current.CancellationToken);
        await store.KeepAsync(words, TestContext.Current.CancellationToken);
    }

    private (TableClient Table, TablePrevalence Store) Store(string name)
    {
        TableClient table = new(azurite.ConnectionString, name);
        return (table, new(table, _clock));
    }

    private static PrevalenceFacts Words(int host, params string[] programs)
    {
        PrevalenceFacts facts = new();
        facts.Add(programs.Select(program => new PrevalenceWord(PrevalenceWord.KeyOf(PrevalenceWord.OfImage(program)), PrevalenceWord.OfHost($"h{host}"), Day)));
        return facts;
    }

    private static JournalAsk Ask(int asker) => new()
    {
        Words =
        [
            new(new(Program, PrevalenceWord.OfHost($"h{asker}"), Day), Day),
            new(new(PrevalenceWord.KeyOf(PrevalenceWord.OfImage("own-3")), PrevalenceWord.OfHost($"h{asker}"), Day), Day),
        ],
    };

    private static string Found(PrevalenceFacts facts)
    {
        JournalQuery query = new();
        JournalAnswer answer = query.Add(Ask(5));
        query.Read(facts);
        return Text(answer);
    }

    private static async Task<string> FoundAsync(TablePrevalence store, int asker = 5)
    {
        JournalQuery query = new();
        JournalAnswer answer = query.Add(Ask(asker));
        await store.FindAsync(query, TestContext.Current.CancellationToken);
        return Text(answer);
    }

    private static string Text(JournalAnswer answer) => string.Join('\n', answer.Prevalence.OrderBy(static fact => fact.Key));
}
