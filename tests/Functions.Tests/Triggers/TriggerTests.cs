using System.IO.Compression;
using System.Text;
using Azure.Messaging.EventHubs;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Tests.Fakes;
using CipherWatch.Functions.Triggers;
using Microsoft.DurableTask.Client;

namespace CipherWatch.Functions.Tests.Triggers;

public class TriggerTests
{
    [Fact]
    public async Task A_broken_event_is_kept_with_its_place_and_stops_nothing()
    {
        App app = new();
        byte[] broken = Encoding.UTF8.GetBytes("""{"EventID":3,"UtcTime":""");
        byte[] binary = [0, 1, 2, 3, 0, 255];
        IReadOnlyList<string> records = Fleet.Records();
        await app.TriggerAsync([.. Fleet.Events(records.Take(20)), Fleet.Event(broken, 20), Fleet.Event(binary, 21), .. Fleet.Events(records.Skip(20), 22)], "3");
        Assert.NotEmpty(app.Client.Started);
        Assert.Equal(2, app.Letters.Held.Count);
        KeptLetter letter = Assert.Single(app.Letters.Held, kept => kept.Origin.SequenceNumber == 20);
        Assert.Equal("windows", letter.Origin.Source);
        Assert.Equal("3", letter.Origin.Partition);
        Assert.Equal("2000", letter.Origin.Offset);
        Assert.Equal(broken, letter.Letter.Raw.ToArray());
        Assert.NotEmpty(letter.Letter.Reason);
        string json = Assert.Single(app.Letters.Blobs).Value;
        Assert.Contains(Convert.ToBase64String(broken), json, StringComparison.Ordinal);
        Assert.Contains("\"partition\":\"3\",\"offset\":\"2000\",\"sequenceNumber\":20", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_is_read_again_keeps_its_dead_letters_once_and_starts_nothing_again()
    {
        App app = new();
        EventData[] events = Fleet.Events([.. Fleet.Records(), "no record"]);
        await app.TriggerAsync(events);
        int started = app.Client.Started.Count;
        await app.TriggerAsync(events);
        await app.RunAsync();
        await app.TriggerAsync(events);
        Assert.Single(app.Letters.Held);
        Assert.Equal(started, app.Client.Started.Count);
    }

    [Fact]
    public async Task Samples_on_a_hub_of_their_own_meet_the_connections_that_the_hosts_report()
    {
        ILookup<bool, string> apart = Fleet.Records().ToLookup(record => record.StartsWith("""{"cipherwatch":""", StringComparison.Ordinal));
        App together = new();
        await together.TriggerAsync(Fleet.Events(Fleet.Records()));
        await together.RunAsync();

        App app = new();
        await app.TriggerSamplesAsync(Fleet.Events(apart[true]));
        await app.RunAsync();
        await app.TriggerAsync(Fleet.Events(apart[false]));
        await app.RunAsync();

        Assert.NotEmpty(apart[true]);
        Assert.Empty(app.Letters.Held);
        Assert.Equal(together.Detections.Standing(), app.Detections.Standing());
    }

    [Fact]
    public async Task An_exporters_template_reads_the_data_of_later_batches_of_the_same_sender_only()
    {
        // NetFlow version 9 of 2026-03-02, source 7: template 256 of two addresses and a protocol; then one record.
        const string Header = "00090001000000006 9a5600000000001 00000007";
        byte[] template = Convert.FromHexString((Header + "00000014 01000003 00080004 000c0004 00040001").Replace(" ", string.Empty, StringComparison.Ordinal));
        byte[] data = Convert.FromHexString((Header + "0100000d 0a140007 cb007132 06").Replace(" ", string.Empty, StringComparison.Ordinal));
        App app = new();
        await app.TriggerAsync([Fleet.Event(template, 1)], "0");
        await app.TriggerAsync([Fleet.Event(data, 2)], "0");
        Assert.Empty(app.Letters.Held);

        await app.TriggerAsync([Fleet.Event(data, 3)], "1");
        KeptLetter letter = Assert.Single(app.Letters.Held);
        Assert.Equal("1", letter.Origin.Partition);
        Assert.Equal(3, letter.Origin.SequenceNumber);
        Assert.Contains("was not seen", letter.Letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_instance_id_says_where_the_batch_stands()
    {
        EventData[] events = Fleet.Events(Fleet.Records().Take(10));
        string one = await IdAsync(events, "0");
        Assert.Equal(one, await IdAsync(events, "0"));
        Assert.NotEqual(one, await IdAsync(events, "1"));
        Assert.NotEqual(one, await IdAsync(Fleet.Events(Fleet.Records().Take(10), 1), "0"));
        Assert.Matches("^[0-9a-f]{32}-0-[0-9a-f]{16}$", one);

        static async Task<string> IdAsync(IReadOnlyList<Azure.Messaging.EventHubs.EventData> events, string partition)
        {
            App app = new();
            await app.TriggerAsync(events, partition);
            return Assert.Single(app.Client.Started).Id;
        }
    }

    [Fact]
    public async Task Without_the_partition_the_bodies_tell_batches_apart()
    {
        App app = new();
        EventBatch batch = new(app.Handler);
        InvocationContext silent = new(new Dictionary<string, object?> { ["PartitionContext"] = "not JSON" });
        await batch.HandleAsync("sysmon", Fleet.Events(Fleet.Records().Take(10)), app.Client, silent, CancellationToken.None);
        await batch.HandleAsync("sysmon", Fleet.Events(Fleet.Records().Skip(10).Take(10)), app.Client, silent, CancellationToken.None);
        await batch.HandleAsync("sysmon", Fleet.Events(Fleet.Records().Take(10)), app.Client, silent, CancellationToken.None);
        Assert.Equal(2, app.Client.Started.Count);
    }

    [Fact]
    public async Task A_store_of_dead_letters_that_is_out_fails_the_batch_before_anything_starts()
    {
        App app = new();
        app.Letters.IsOut = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.TriggerAsync(Fleet.Events([.. Fleet.Records(), "no record"])));
        Assert.Empty(app.Client.Started);
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        Assert.NotEmpty(app.Client.Started);
    }

    [Fact]
    public async Task A_start_that_fails_fails_the_batch_and_the_next_try_knows_whether_it_started()
    {
        App app = new();
        EventData[] events = Fleet.Events(Fleet.Records());
        app.Client.FailStart = static _ => false;
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.TriggerAsync(events));
        Assert.Empty(app.Client.Statuses);
        app.Client.FailStart = static _ => true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.TriggerAsync(events));
        Assert.NotEmpty(app.Client.Statuses);
        app.Client.FailStart = null;
        await app.TriggerAsync(events);
        Assert.Empty(app.Client.Started);
    }

    [Fact]
    public async Task An_orchestration_that_failed_is_started_again()
    {
        App app = new();
        EventData[] events = Fleet.Events(Fleet.Records());
        await app.TriggerAsync(events);
        string id = app.Client.Started[0].Id;
        app.Client.Statuses[id] = OrchestrationRuntimeStatus.Failed;
        await app.TriggerAsync(events);
        Assert.Equal(2, app.Client.Started.Count(start => start.Id == id));
    }

    [Fact]
    public async Task A_large_batch_is_cut_into_orchestrations_that_each_can_carry_theirs()
    {
        App app = new();
        IEnumerable<string> lines = Enumerable.Range(0, 300).Select(index => Fleet.Records()
            .First(line => line.Contains("\"EventID\":3", StringComparison.Ordinal))
            .Replace("6d3f0a", $"6d3{index:d3}", StringComparison.Ordinal));
        await app.TriggerAsync(Fleet.Events(lines));
        Assert.True(app.Client.Started.Count > 3);
        Assert.All(app.Client.Started, start => Assert.InRange(start.Part.Count, 1, 100));
        Assert.Equal(300, app.Client.Started.Sum(start => start.Part.Facts.Count(facts => facts.Kind.Name == "process")));
        Assert.Equal(app.Client.Started.Count, app.Client.Started.Select(start => start.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_gzip_body_is_read_and_a_broken_one_is_kept()
    {
        App app = new();
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', Fleet.Records())));
        }

        byte[] whole = compressed.ToArray();
        await app.TriggerAsync([Fleet.Event(whole, 0), Fleet.Event(whole[..(whole.Length / 2)], 1)]);
        await app.RunAsync();
        Assert.NotEmpty(app.Detections.Held);
        Assert.Contains("gzip", Assert.Single(app.Letters.Held).Letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_events_are_no_batch()
    {
        App app = new();
        await app.TriggerAsync([]);
        Assert.Empty(app.Client.Started);
    }
}
