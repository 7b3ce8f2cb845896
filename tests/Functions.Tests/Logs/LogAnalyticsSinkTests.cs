using System.Globalization;
using System.Text.Json;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Functions.Logs;
using CipherWatch.Sinks;
using CipherWatch.Sinks.LogAnalytics;

namespace CipherWatch.Functions.Tests.Logs;

/// <summary>The sink with its uploader, against an endpoint that takes, throttles and fails.</summary>
public sealed class LogAnalyticsSinkTests : IAsyncDisposable
{
    private readonly IngestionEndpoint _endpoint = new();
    private readonly NoWaits _clock = new();

    [Fact]
    public async Task Detections_are_sent_by_identity_to_the_rules_stream()
    {
        await PublishAsync(Sink(), Detections(3));
        IngestionEndpoint.Call call = Assert.Single(_endpoint.Calls);
        Assert.Equal("/dataCollectionRules/dcr-1/streams/Custom-CipherWatch_CL?api-version=2023-01-01", call.Url);
        Assert.Equal("Bearer https://monitor.azure.com//.default", call.Authorization);
        Assert.Equal(
            ["2026-03-02T12:00:00.000Z", "2026-03-02T12:00:00.000Z", "2026-03-02T12:00:00.000Z"],
            call.Records.Select(record => record.GetProperty(DetectionColumns.TimeGenerated).GetString()));
        Assert.Equal(Ids(Detections(3)), Ids(call.Records));
    }

    [Fact]
    public async Task No_call_is_longer_than_the_service_takes()
    {
        Detection[] many = Detections(400, commandLine: new string('x', 8_000));
        await PublishAsync(Sink(), many);
        Assert.True(_endpoint.Calls.Count > 3);
        Assert.All(_endpoint.Calls, call => Assert.InRange(call.Body.Length, 1, LogAnalyticsSink.MaxCallBytes));
        Assert.Equal(Ids(many), Ids(_endpoint.Taken));
    }

    [Fact]
    public async Task A_throttled_call_is_sent_again_after_as_long_as_it_asks()
    {
        _endpoint.Answers = _ => _endpoint.Calls.Count switch
        {
            0 => (429, "17"),
            1 => (503, "Mon, 02 Mar 2026 12:00:40 GMT"),
            2 => (500, null),
            _ => (204, null),
        };
        await PublishAsync(Sink(), Detections(2));
        Assert.Equal([TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(4)], _clock.Waits);
        Assert.Equal(Ids(Detections(2)), Ids(_endpoint.Taken));
    }

    [Fact]
    public async Task A_service_that_stays_busy_fails_the_sink_and_so_does_one_that_asks_for_hours()
    {
        _endpoint.Answers = static _ => (429, "1");
        SinkException busy = await Assert.ThrowsAsync<SinkException>(() => PublishAsync(Sink(), Detections(1)));
        Assert.Contains("throttled (429)", busy.Message, StringComparison.Ordinal);
        Assert.Equal(5, _endpoint.Calls.Count);

        _endpoint.Answers = static _ => (429, "7200");
        await Assert.ThrowsAsync<SinkException>(() => PublishAsync(Sink(), Detections(1)));
        Assert.Equal(6, _endpoint.Calls.Count);
    }

    [Fact]
    public async Task What_is_too_large_is_sent_in_halves()
    {
        _endpoint.Answers = static call => (call.Records.Count > 2 ? 413 : 204, null);
        await PublishAsync(Sink(), Detections(7));
        Assert.Equal(Ids(Detections(7)), Ids(_endpoint.Taken));

        _endpoint.Answers = static _ => (413, null);
        SinkException one = await Assert.ThrowsAsync<SinkException>(() => PublishAsync(Sink(), Detections(1)));
        Assert.Contains("413", one.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_failure_in_part_only_the_rest_is_sent_again()
    {
        Detection[] many = Detections(400, commandLine: new string('x', 8_000));
        _endpoint.Answers = _ => (_endpoint.Calls.Count == 1 ? 403 : 204, null);
        LogAnalyticsSink sink = Sink();
        SinkException partly = await Assert.ThrowsAsync<SinkException>(() => PublishAsync(sink, many));
        Assert.Contains("of 400 detections were not taken", partly.Message, StringComparison.Ordinal);
        Assert.Contains("Monitoring Metrics Publisher", partly.Message, StringComparison.Ordinal);

        _endpoint.Answers = static _ => (204, null);
        await PublishAsync(sink, many);
        Assert.Equal(400, _endpoint.Taken.Count());
        Assert.Equal(Ids(many), Ids(_endpoint.Taken).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_revision_is_sent_once_and_the_next_one_again()
    {
        LogAnalyticsSink sink = Sink();
        await PublishAsync(sink, Detections(2));
        await PublishAsync(sink, Detections(2));
        Assert.Single(_endpoint.Calls);
        await PublishAsync(sink, [Detections(2)[1] with { Revision = 2, Withdrawn = true }]);
        Assert.Equal(3, _endpoint.Taken.Count());
    }

    [Fact]
    public async Task An_endpoint_that_is_away_is_said_to_be_away()
    {
        LogAnalyticsSink sink = Sink();
        await _endpoint.DisposeAsync();
        SinkException away = await Assert.ThrowsAsync<SinkException>(() => PublishAsync(sink, Detections(1)));
        Assert.Contains("cannot be reached", away.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private static Task PublishAsync(LogAnalyticsSink sink, Detection[] detections) =>
        sink.PublishAsync(detections, TestContext.Current.CancellationToken);

    private LogAnalyticsSink Sink() => new(
        LogsIngestionUploader.Create(
            new("https://dcr.ingest.example"), "dcr-1", DetectionColumns.Stream, new IngestionEndpoint.Identity(), _endpoint.Options()),
        _clock);

    private static Detection[] Detections(int count, string commandLine = "upd.exe -q") =>
    [
        .. Enumerable.Range(0, count).Select(index => new Detection
        {
            DetectionId = new DetectionId((UInt128)index + 1),
            Time = DateTimeOffset.UnixEpoch,
            AnalyticId = "AN0400",
            Technique = "T1573.001",
            Platform = TelemetryPlatform.Windows,
            Severity = Severity.High,
            Confidence = 75,
            Title = "Encrypted channel without key exchange",
            Host = string.Create(CultureInfo.InvariantCulture, $"ws-{index}"),
            Process = new() { Image = @"C:\upd.exe", CommandLine = commandLine },
            WindowStart = DateTimeOffset.UnixEpoch,
            WindowEnd = DateTimeOffset.UnixEpoch,
            SettingsVersion = "default",
            Evidence = [],
        }),
    ];

    private static IEnumerable<string> Ids(IEnumerable<Detection> detections) => detections.Select(each => each.DetectionId.ToString());

    private static IEnumerable<string> Ids(IEnumerable<JsonElement> records) =>
        records.Select(record => record.GetProperty(DetectionColumns.DetectionId).GetString()!);
}
