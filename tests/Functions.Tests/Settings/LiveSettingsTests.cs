using CipherWatch.Core.Detections.Settings;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Settings;

public sealed class LiveSettingsTests : IDisposable
{
    private const string Good = """{ "EntropyThreshold": 6.5 }""";
    private const string Bad = """{ "EntropyTreshold": 6.5 }""";
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"cipherwatch-{Environment.ProcessId}-{TestContext.Current.Test!.UniqueID}.json");
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Without_a_place_the_shipped_settings_judge()
    {
        LiveSettings live = LiveStore.Shipped();
        Assert.Same(DetectionSettings.Default, live.Current.Detection);
        Assert.Null(live.Status.Problem);
    }

    [Fact]
    public async Task A_file_is_read_and_read_again_when_it_changes()
    {
        File.WriteAllText(_file, Good);
        LiveSettings live = LiveStore.Live(new FileSettings(_file), _clock);
        Assert.Equal(6.5, live.Current.Detection.EntropyThreshold);
        File.WriteAllText(_file, """{ "EntropyThreshold": 6.25 }""");
        await live.RefreshAsync(CancellationToken.None);
        Assert.Equal(6.25, live.Current.Detection.EntropyThreshold);
    }

    [Fact]
    public async Task Another_version_judges_without_a_restart_and_says_which_it_is()
    {
        LiveStore store = new() { Json = Good };
        LiveSettings live = LiveStore.Live(store, _clock);
        string first = live.Current.Detection.Version;
        store.Json = """{ "EntropyThreshold": 6 }""";
        await live.RefreshAsync(CancellationToken.None);
        Assert.Equal(6, live.Current.Detection.EntropyThreshold);
        Assert.NotEqual(first, live.Current.Detection.Version);
        Assert.Equal(live.Current.Detection.Version, live.Status.Version);
        Assert.Equal(store.Json, store.Good);
    }

    [Fact]
    public async Task A_version_with_a_mistake_is_reported_and_not_used()
    {
        LiveStore store = new() { Json = Good };
        LiveSettings live = LiveStore.Live(store, _clock);
        store.Json = Bad;
        await live.RefreshAsync(CancellationToken.None);
        Assert.Equal(6.5, live.Current.Detection.EntropyThreshold);
        Assert.Contains("EntropyTreshold", live.Status.Problem, StringComparison.Ordinal);
        Assert.Equal(Good, store.Good);

        store.Json = Good;
        await live.RefreshAsync(CancellationToken.None);
        Assert.Null(live.Status.Problem);
    }

    [Fact]
    public void An_instance_that_starts_while_there_is_a_mistake_judges_by_the_last_good_version()
    {
        LiveSettings live = LiveStore.Live(new LiveStore { Json = Bad, Good = Good }, _clock);
        Assert.Equal(6.5, live.Current.Detection.EntropyThreshold);
        Assert.Contains("EntropyTreshold", live.Status.Problem, StringComparison.Ordinal);

        live = LiveStore.Live(new LiveStore { Json = Bad }, _clock);
        Assert.Equal("default", live.Current.Detection.Version);
        live = LiveStore.Live(new LiveStore(), _clock);
        Assert.Equal("default", live.Current.Detection.Version);
        Assert.Contains("not there", live.Status.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_judged_by_settings_that_were_not_looked_at_for_long()
    {
        LiveStore store = new() { Json = Good };
        LiveSettings live = LiveStore.Live(store, _clock);
        store.IsOut = true;
        _clock.Advance(LiveSettings.MaxAge);
        await live.RefreshAsync(CancellationToken.None);
        Assert.Equal(6.5, live.Current.Detection.EntropyThreshold);
        Assert.Equal("It is away.", live.Status.Problem);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("It is away.", Assert.Throws<SettingsUnavailableException>(() => live.Current).Message, StringComparison.Ordinal);

        store.IsOut = false;
        await live.RefreshAsync(CancellationToken.None);
        Assert.Equal(6.5, live.Current.Detection.EntropyThreshold);
        Assert.Null(live.Status.Problem);
    }

    public static TheoryData<Exception> Faults =>
    [
        new IOException("away"), new Azure.RequestFailedException(503, "away"), new AggregateException("away", new IOException(), new IOException()),
        new TaskCanceledException("away"), new Azure.Identity.AuthenticationFailedException("away"),
    ];

    /// <summary>What reads them again and again would end the worker.</summary>
    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Storage_that_is_away_is_a_problem_and_no_exception(Exception fault)
    {
        LiveStore store = new() { Json = Good, Fault = fault };
        LiveSettings live = LiveStore.Live(store, _clock);
        store.IsOut = true;
        await live.RefreshAsync(CancellationToken.None);
        Assert.StartsWith("away", live.Status.Problem, StringComparison.Ordinal);
        Assert.Equal(6.5, live.Current.Detection.EntropyThreshold);
    }

    [Fact]
    public void Before_they_were_read_once_nothing_is_judged()
    {
        LiveSettings live = LiveStore.Live(new LiveStore { IsOut = true }, _clock);
        Assert.Throws<SettingsUnavailableException>(() => live.Current);
        Assert.Throws<SettingsUnavailableException>(() =>
            new LiveSettings(new LiveStore(), _clock, NullLogger<LiveSettings>.Instance).Current);
    }

    public void Dispose() => File.Delete(_file);
}
