using System.Text;
using Azure.Data.Tables;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Delivery.Tests.Hosting;
using CipherWatch.Functions.Journal;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Delivery.Tests;

/// <summary>The flow journal in Table storage.</summary>
public sealed class JournalTests(StorageEmulator emulator) : IClassFixture<StorageEmulator>
{
    private readonly FakeTimeProvider _clock = new(new(2026, 3, 2, 12, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_was_kept_is_found_by_its_addresses_and_by_its_name()
    {
        TableJournal journal = Journal("found");
        FlowJournal batch = Batch();
        await journal.KeepAsync("batch", batch, TestContext.Current.CancellationToken);
        await journal.KeepAsync("batch", batch, TestContext.Current.CancellationToken);
        Assert.Equal(1, await CountAsync("found"));
        foreach (JournalAsk ask in Asks())
        {
            Assert.Equal(Found(ask, batch), await FoundAsync(ask, journal));
        }
    }

    [Fact]
    public async Task What_is_older_than_a_day_and_some_is_not_read()
    {
        TableJournal journal = Journal("old");
        await journal.KeepAsync("old", Batch(), TestContext.Current.CancellationToken);
        JournalAsk ask = Asks()[0];
        _clock.Advance(TimeSpan.FromHours(26));
        Assert.NotEqual(string.Empty, await FoundAsync(ask, journal));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(string.Empty, await FoundAsync(ask, journal));
    }

    [Fact]
    public async Task A_batch_that_a_row_does_not_hold_takes_more()
    {
        TableJournal journal = Journal("large");
        FlowJournal large = new();
        while (large.Bytes < 300 << 10)
        {
            large.Add(Batch());
        }

        await journal.KeepAsync("batch", large, TestContext.Current.CancellationToken);
        Assert.True(await CountAsync("large") > 1);
        JournalAsk ask = Asks()[0];
        Assert.Equal(Found(ask, large), await FoundAsync(ask, journal));
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_was_ever_kept()
    {
        TableJournal journal = Journal("never");
        Assert.Equal(string.Empty, await FoundAsync(Asks()[0], journal));
    }

    private static FlowJournal Batch()
    {
        EntityStates states = new();
        Ingestor ingestor = new(new Into(states), new NoLetters());
        foreach (string record in Fleet.Records())
        {
            ingestor.Read(Encoding.UTF8.GetBytes(record), "test");
        }

        ingestor.Finish();
        Assert.True(states.Journal.Count > 0);
        return states.Journal;
    }

    /// <summary>A channel with key exchanges and one without, and a name.</summary>
    private static JournalAsk[] Asks()
    {
        int day = (int)(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalDays;
        IpAddress host = IpAddress.Parse("10.20.0.10");
        FlowKey flow = FlowKey.Create(host, 50000, IpAddress.Parse("203.0.113.100"), 443, 6);
        return
        [
            new() { Channels = [new(new(host, IpAddress.Parse("203.0.113.100"), 443, 6), day)], Flows = [new(flow, day, default)] },
            new() { Channels = [new(new(host, IpAddress.Parse("198.51.100.99"), 443, 6), day)] },
            new() { Name = FlowId.Of(flow).ToString() },
        ];
    }

    private static string Found(JournalAsk ask, FlowJournal journal)
    {
        JournalQuery query = new();
        JournalAnswer answer = query.Add(ask);
        journal.Find(query);
        return Text(answer);
    }

    private static async Task<string> FoundAsync(JournalAsk ask, TableJournal journal)
    {
        JournalQuery query = new();
        JournalAnswer answer = query.Add(ask);
        await journal.FindAsync(query, TestContext.Current.CancellationToken);
        return Text(answer);
    }

    private static string Text(JournalAnswer answer) => answer.IsEmpty ? string.Empty
        : string.Join(' ', answer.Flows.Select(flow => $"{flow.Key} {flow.Value.Seen}").Order(StringComparer.Ordinal))
            + string.Join(' ', answer.Exchanges.Select(exchange => exchange.ToString()).Order(StringComparer.Ordinal)) + answer.Named;

    private TableJournal Journal(string table) => new(Table(table), _clock);

    private TableClient Table(string table) => new(StorageEmulator.ConnectionString(emulator.Ports), "journal" + table);

    private async Task<int> CountAsync(string table)
    {
        int count = 0;
        await foreach (TableEntity _ in Table(table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            count++;
        }

        return count;
    }

    private sealed class Into(EntityStates states) : IObservationReceiver
    {
        private readonly ModuleFilter _filter = new(DetectionSettings.Default);

        public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => _filter.Wants(path, platform);

        public void Receive(Observation observation) => states.Add(observation);

        public void RecordDone()
        {
        }
    }

    private sealed class NoLetters : IDeadLetterSink
    {
        public void Write(DeadLetter letter) => Assert.Fail(letter.Reason);
    }
}
