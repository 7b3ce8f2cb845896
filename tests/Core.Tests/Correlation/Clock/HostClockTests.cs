using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Correlation.Clock;

public class HostClockTests
{
    private static readonly DateTimeOffset Utc = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private uint _next;

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(3, 0)]
    [InlineData(-4 * 3600 + 1, -4 * 3600)]
    [InlineData(5.5 * 3600 + 2, 5.5 * 3600)]
    [InlineData(5.75 * 3600 + 2, 5.75 * 3600)]
    [InlineData(-19 * 3600, -19 * 3600)]
    public void A_zone_is_taken_off_and_lag_is_not(double deltaSeconds, double offsetSeconds)
    {
        HostClock clock = Learn(7, deltaSeconds, deltaSeconds + 0.5, deltaSeconds + 1);

        Assert.Equal(Utc.AddSeconds(-offsetSeconds), clock.Resolve(new(FactClock.Record, Utc.ToUnixTimeMilliseconds())));
    }

    [Fact]
    public void A_clock_that_is_off_by_no_zone_is_taken_as_it_is() =>
        Assert.Equal(Utc.AddSeconds(-700), Learn(7, 700, 700, 700).Resolve(new(FactClock.Record, Utc.ToUnixTimeMilliseconds())));

    [Theory]
    [InlineData(3)]
    [InlineData(22)]
    public void Connections_and_queries_with_a_wrong_clock_do_not_outvote_process_events(int code)
    {
        HostClock clock = Learn(code, 86_400 * 3, 86_400 * 3, 86_400 * 3, 86_400 * 3).Merge(Learn(7, 0.1));

        Assert.Equal(0, clock.OffsetMs(FactClock.Record));
    }

    [Fact]
    public void One_wild_event_does_not_move_the_clock() => Assert.Equal(0, Learn(7, 0.1, 0.2, 90_000).OffsetMs(FactClock.Record));

    [Fact]
    public void The_events_own_clock_and_the_local_clock_are_clocks_of_their_own()
    {
        HostClock clock = Learn(7, -4 * 3600);

        Assert.Equal(Utc, clock.Resolve(new(FactClock.Event, Utc.ToUnixTimeMilliseconds())));
        Assert.Equal(Utc, clock.Resolve(new(FactClock.RecordLocal, Utc.ToUnixTimeMilliseconds())));
    }

    [Theory]
    [InlineData(86_400 * 11)]
    [InlineData(7 * 3600)]
    [InlineData(-700)]
    public void A_wrong_clock_of_connections_is_corrected_by_what_a_recorder_showed_of_it(double behindSeconds)
    {
        HostClock clock = Learn(1, 0.1, 0.2, 0.3).Merge(Learn(3, behindSeconds + 1, behindSeconds + 2, behindSeconds + 3));

        DateTimeOffset corrected = clock.Resolve(new(FactClock.ConnectionEvent, Utc.AddSeconds(-behindSeconds).ToUnixTimeMilliseconds()));

        Assert.InRange(corrected, Utc.AddSeconds(-5), Utc.AddSeconds(5));
        Assert.Equal(Utc, clock.Resolve(new(FactClock.Event, Utc.ToUnixTimeMilliseconds())));
        Assert.Equal(Utc, clock.Resolve(new(FactClock.Record, Utc.ToUnixTimeMilliseconds())));
    }

    [Fact]
    public void Lag_of_a_busy_host_is_no_error_of_its_clock() =>
        Assert.Equal(0, Learn(1, 0.1).Merge(Learn(3, 14, 15, 16)).OffsetMs(FactClock.ConnectionEvent));

    [Fact]
    public void A_clock_of_connections_that_nothing_else_is_known_of_is_taken_at_its_word() =>
        Assert.Equal(0, Learn(3, 86_400 * 3).OffsetMs(FactClock.ConnectionEvent));

    [Theory]
    [InlineData(3, FactClock.ConnectionEvent)]
    [InlineData(22, FactClock.ConnectionEvent)]
    [InlineData(7, FactClock.Event)]
    [InlineData(0, FactClock.Event)]
    public void An_event_without_a_record_time_is_kept_by_the_clock_that_stamped_it(int code, FactClock expected) =>
        Assert.Equal(expected, FactTime.Of(Event(code) with { RecordTime = null })!.Value.Clock);

    private HostClock Learn(int code, params double[] deltas) => deltas
        .Select(delta => HostClock.Of(Event(code) with { RecordTime = Utc.AddSeconds(delta) })!)
        .Aggregate((left, right) => left.Merge(right));

    private Observation Event(int code) => new()
    {
        Discriminator = $"{++_next}",
        Kind = ObservationKind.ModuleLoad,
        Source = SourceNames.Sysmon,
        Platform = TelemetryPlatform.Windows,
        Time = Utc,
        EventCode = code,
        Host = "ws1",
    };

    [Theory]
    [InlineData(true, FactClock.RecordLocal)]
    [InlineData(false, FactClock.Record)]
    public void A_recorders_time_without_a_zone_is_a_sample_of_the_local_clock(bool local, FactClock clock)
    {
        Observation both = new()
        {
            Kind = ObservationKind.ProcessStart,
            Source = SourceNames.Sysmon,
            Platform = TelemetryPlatform.Windows,
            EventCode = 1,
            Time = Utc,
            RecordTime = Utc.AddSeconds(2),
            RecordTimeIsLocal = local,
        };
        Assert.Equal([new ClockSample(clock, 1, both.Id, 2000)], HostClock.Of(both)!.Samples);
    }
}
