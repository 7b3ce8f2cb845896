using System.Text;
using System.Text.Json;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Telemetry;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Metrics;

namespace CipherWatch.Functions.Tests.Telemetry;

/// <summary>What the app measures of itself, read from the SDK as an exporter would.</summary>
public sealed class AppMeterTests : IDisposable
{
    private readonly List<Metric> _metrics = [];
    private readonly ServiceProvider _services;
    private readonly MeterProvider _provider;
    private readonly App _app;

    public AppMeterTests()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 15, 1, 40, TimeSpan.Zero));
        ServiceCollection services = new();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<AppMeter>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(AppMeter.MeterName).AddInMemoryExporter(_metrics));
        _services = services.BuildServiceProvider();
        _provider = _services.GetRequiredService<MeterProvider>();
        _app = new(meter: _services.GetRequiredService<AppMeter>());
    }

    [Fact]
    public async Task A_batch_is_counted_by_source_hub_and_reason()
    {
        await _app.TriggerAsync([.. Fleet.Events([.. Fleet.Records(), "no record", "another"]), Fleet.Event([0x1f, 0x8b, 8, 0], 900)]);
        Flush();
        int samples = Fleet.Records().Count(record => record.StartsWith("""{"cipherwatch":""", StringComparison.Ordinal));
        Assert.Equal(samples, Sum("cipherwatch.events", ("source", "payloadSample")));
        Assert.Equal(2, Sum("cipherwatch.events", ("source", "unrecognised")));
        Assert.Equal(Fleet.Records().Count + 2, Sum("cipherwatch.events"));
        Assert.Equal(3, Sum("cipherwatch.dead_letters", ("source", "unrecognised")));
        Assert.Equal(1, Sum("cipherwatch.dead_letters", ("reason", "gzip or zip that is broken or cut short.")));
        Assert.Equal(1, Sum("cipherwatch.unread", ("hub", "windows")));
        JsonElement answer = await IngestedAsync();
        Assert.Equal(answer.GetProperty("operations").GetInt64(), Sum("cipherwatch.entity_operations", ("hub", "windows")));
        Assert.True(Find("cipherwatch.records_per_operation").Single().GetHistogramSum() > 1);
        MetricPoint lag = Find("cipherwatch.lag").Single();
        Assert.Equal((1, 100), (lag.GetHistogramCount(), lag.GetHistogramSum()));
        Assert.DoesNotContain(_metrics, metric => metric.Name == "cipherwatch.skipped" && metric.Unit != "{record}");
    }

    [Fact]
    public async Task Detections_are_counted_once_a_revision_by_analytic_and_severity()
    {
        await _app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await _app.RunAsync();
        Flush();
        long all = Sum("cipherwatch.detections");
        Assert.InRange(all, _app.Detections.Held.Count, _app.Detections.Held.Values.Sum(detection => detection.Revision));
        Assert.True(Sum("cipherwatch.detections", ("analytic", "AN0404")) > 0);
        Assert.Equal(all, Sum("cipherwatch.detections", ("severity", "low")) + Sum("cipherwatch.detections", ("severity", "medium"))
            + Sum("cipherwatch.detections", ("severity", "high")) + Sum("cipherwatch.detections", ("severity", "withdrawn")));

        // The same records in another batch say the same again.
        string before = string.Join(' ', _app.Detections.Held.Values.Select(detection => detection.Revision));
        await _app.TriggerAsync(Fleet.Events(Fleet.Records(), 5_000));
        await _app.RunAsync();
        Flush();
        Assert.Equal(before, string.Join(' ', _app.Detections.Held.Values.Select(detection => detection.Revision)));
        Assert.Equal(all, Sum("cipherwatch.detections"));
    }

    [Fact]
    public async Task The_backlog_is_what_was_started_and_has_not_ended()
    {
        await _app.TriggerAsync(Fleet.Events(Fleet.Records().Take(10)));
        await _app.TriggerAsync(Fleet.Events(Fleet.Records().Skip(10), 100));
        _app.Client.Statuses["x-again"] = OrchestrationRuntimeStatus.Running;
        int open = _app.Client.Started.Count;
        CountBacklog count = new(_services.GetRequiredService<AppMeter>());
        await count.RunAsync(new(), _app.Client, CancellationToken.None);
        Flush();
        Assert.Equal(open, Find("cipherwatch.backlog").Single().GetGaugeLastValueLong());
        await _app.RunAsync();
        await count.RunAsync(new(), _app.Client, CancellationToken.None);
        Flush();
        Assert.Equal(0, Find("cipherwatch.backlog").Single().GetGaugeLastValueLong());
    }

    [Theory]
    [InlineData("Not UTF-8 at byte 1234 of the record.", "Not UTF-# at byte # of the record.")]
    [InlineData("A tuple that cannot be read: '<script>\n7,8'.", "A tuple that cannot be read: ….")]
    [InlineData("line\r\nbreak", "line  break")]
    public void A_reason_as_a_label_holds_nothing_that_a_sender_wrote(string reason, string label) =>
        Assert.Equal(label, ReasonLabel.Of(reason));

    public void Dispose()
    {
        _provider.Dispose();
        _services.Dispose();
    }

    /// <summary>What a request with the same records is answered, in another app.</summary>
    private static async Task<JsonElement> IngestedAsync()
    {
        App app = new();
        byte[] body = Encoding.UTF8.GetBytes(string.Join('\n', Fleet.Records()));
        return (await Web.AnswerAsync(await new IngestFunction(app.Handler, Web.Open).RunAsync(
            Web.Request(body), "windows", app.Client, CancellationToken.None))).Answer;
    }

    private void Flush()
    {
        _metrics.Clear();
        _provider.ForceFlush();
    }

    private long Sum(string name, params (string Key, string Value)[] tags) =>
        Find(name).Where(point => tags.All(tag => Has(point, tag))).Sum(point => point.GetSumLong());

    private List<MetricPoint> Find(string name)
    {
        List<MetricPoint> points = [];
        foreach (Metric metric in _metrics.Where(metric => metric.Name == name))
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                points.Add(point);
            }
        }

        return points;
    }

    private static bool Has(MetricPoint point, (string Key, string Value) wanted)
    {
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            if (tag.Key == wanted.Key && Equals(tag.Value, wanted.Value))
            {
                return true;
            }
        }

        return false;
    }
}
