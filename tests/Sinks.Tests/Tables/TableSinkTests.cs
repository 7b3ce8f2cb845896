using Azure.Data.Tables;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Sinks.Files;
using CipherWatch.Sinks.Tables;
using CipherWatch.Sinks.Tests.Tables;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace CipherWatch.Sinks.Tests.Tables;

public sealed class TableSinkTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Rows_hold_exactly_the_lines_of_the_file_and_a_second_run_adds_none()
    {
        TableClient table = Open("RowsEqualLines");
        Detection[] detections = [.. Enumerable.Range(0, 60).Select(number => SampleDetections.Of($"guid-{number}", $"host-{number % 7}"))];
        using MemoryStream file = new();
        using LineFile lines = new(file, "memory");
        await new DetectionFile(lines).PublishAsync(detections, None);

        TableSink sink = new(table);
        await sink.PublishAsync(detections, None);
        await sink.PublishAsync([.. detections.Reverse()], None);

        string[] expected = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Order(StringComparer.Ordinal), Contents(table).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Flat_columns_say_what_the_detection_says()
    {
        TableClient table = Open("FlatColumns");
        Detection detection = SampleDetections.Of("guid");
        await new TableSink(table).PublishAsync([detection], None);

        TableEntity row = Assert.Single(table.Query<TableEntity>(
            "AnalyticId eq 'AN0400' and Severity eq 'high' and Host eq 'ws-07' and DestinationPort eq 4447"));
        Assert.Equal(detection.DetectionId.ToString(), row.RowKey);
        Assert.StartsWith("2026031000-", row.PartitionKey, StringComparison.Ordinal);
        Assert.Equal(75, row.GetInt32("Confidence"));
        Assert.Equal(@"C:\Users\ada\upd.exe", row.GetString("Image"));
        Assert.Equal("203.0.113.77", row.GetString("DestinationIp"));
        Assert.Equal("imageUnsigned:25 payload:0", row.GetString("Evidence"));
        Assert.Equal(SampleDetections.Noon, row.GetDateTimeOffset("WindowStart"));
    }

    [Theory]
    [InlineData(2, 3, 3)]
    [InlineData(3, 2, 3)]
    [InlineData(2, 2, 2)]
    public async Task Only_a_higher_revision_replaces_a_row(int first, int second, int kept)
    {
        TableClient table = Open($"Revisions{first}{second}");
        TableSink sink = new(table);
        await sink.PublishAsync([SampleDetections.Of("guid", revision: first, detail: "first")], None);
        await sink.PublishAsync([SampleDetections.Of("guid", revision: second, detail: "second")], None);

        string content = Assert.Single(Contents(table));
        Assert.Contains($"\"revision\":{kept},", content, StringComparison.Ordinal);
        Assert.Contains(second > first ? "second" : "first", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_local_run_replaces_what_an_earlier_one_said()
    {
        TableClient table = Open("LocalRuns");
        TableSink sink = new(table, ReplaceWhen.SameOrHigherRevision);
        await sink.PublishAsync([SampleDetections.Of("guid", detail: "earlier settings")], None);
        await sink.PublishAsync([SampleDetections.Of("guid", detail: "later settings")], None);
        Assert.Contains("later settings", Assert.Single(Contents(table)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_at_once_leave_the_highest_revision()
    {
        TableClient table = Open("Writers");
        await table.CreateIfNotExistsAsync();
        await Task.WhenAll(Enumerable.Range(1, 12).Select(revision =>
            new TableSink(table).PublishAsync([SampleDetections.Of("guid", revision: revision)], None)));
        Assert.Contains("\"revision\":12,", Assert.Single(Contents(table)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_evidence_is_spread_over_columns_and_comes_back_whole()
    {
        TableClient table = Open("LongEvidence");

        // An odd prefix before pairs, so that the cut would fall into a pair.
        Detection detection = SampleDetections.Of("guid", detail: "x" + string.Concat(Enumerable.Repeat("𝄞", 10_000)));
        await new TableSink(table).PublishAsync([detection], None);
        TableEntity row = Assert.Single(table.Query<TableEntity>());
        Assert.Equal(SampleDetections.Line(detection), TableContent.Read(row));
        Assert.False(row.ContainsKey(TableContent.Bounded));
    }

    [Fact]
    public async Task Evidence_beyond_an_entity_is_shortened_and_says_so()
    {
        TableClient table = Open("TooLongEvidence");
        Detection detection = SampleDetections.Of("guid") with
        {
            Evidence = [.. Enumerable.Range(0, 500).Select(number => new EvidencePiece(
                $"kind{number}", null, 1, new string('y', 2_000), [.. Enumerable.Range(0, 50).Select(id => new ObservationId((ulong)id))]))],
        };
        await new TableSink(table).PublishAsync([detection], None);
        TableEntity row = Assert.Single(table.Query<TableEntity>());
        Assert.True(row.GetBoolean(TableContent.Bounded));
        Assert.StartsWith($"{{\"detectionId\":\"{detection.DetectionId}\"", TableContent.Read(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_a_sentence()
    {
        string wrong = azurite.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=AAAA", StringComparison.Ordinal);
        Assert.True(TableConnection.TryOpen(wrong, "WrongKey", out TableClient? table, out _));
        SinkException exception = await Assert.ThrowsAsync<SinkException>(() =>
            new TableSink(table!).PublishAsync([SampleDetections.Of("guid")], None));
        Assert.Contains("refused access", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Contents(TableClient table) => table.Query<TableEntity>().Select(TableContent.Read);

    private TableClient Open(string name)
    {
        Assert.True(TableConnection.TryOpen(azurite.ConnectionString, name, out TableClient? table, out string? fault), fault);
        return table!;
    }
}
