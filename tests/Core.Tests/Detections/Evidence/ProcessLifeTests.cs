using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Tests.Detections.Evidence;

/// <summary>Connections whose only clock is wrong: Sysmon's clock for event 3 errs by hours to days on some hosts.</summary>
public class ProcessLifeTests
{
    private const double ThreeDays = 3 * 86_400;
    private const double Minute = 60;

    [Theory]
    [InlineData(-ThreeDays)]
    [InlineData(-3 * Minute)]
    [InlineData(ThreeDays)]
    [InlineData(11 * Minute)]
    public void A_connection_outside_its_processs_life_is_placed_at_the_nearest_end_and_no_gap_is_measured_from_it(double seconds)
    {
        Detection detection = Assert.Single(Implant(seconds).WithoutRecordTimes().Found());

        EvidencePiece load = detection.Evidence.Single(evidence => evidence.Kind is "cryptoLoad" or "cryptoLoadEarlier");
        Assert.Equal("cryptoLoadEarlier", load.Kind);
        Assert.Contains("not known", load.Detail, StringComparison.Ordinal);
        Assert.Equal(Scenario.Noon.AddSeconds(seconds < 0 ? 0 : 8 * Minute), detection.WindowStart);
    }

    [Theory]
    [InlineData(-Minute)]
    [InlineData(3)]
    [InlineData(9 * Minute)]
    public void Lag_and_disorder_of_seconds_are_believed(double seconds)
    {
        Detection detection = Assert.Single(Implant(seconds).WithoutRecordTimes().Found());

        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "cryptoLoad");
        Assert.Equal(Scenario.Noon.AddSeconds(seconds), detection.WindowStart);
    }

    [Fact]
    public void An_error_that_other_events_of_the_host_show_is_taken_off()
    {
        Detection detection = Assert.Single(Implant(3 - ThreeDays).WithoutRecordTimes().Other(1, 0.1).Other(3, ThreeDays).Found());

        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "cryptoLoad");
        Assert.Equal(Scenario.Noon.AddSeconds(3), detection.WindowStart, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_process_whose_start_and_end_are_not_on_record_may_have_connected_at_any_time() =>
        Assert.True(new ProcessLife(null, null).Place(DateTimeOffset.UnixEpoch).IsBelieved);

    private static Scenario Implant(double connection) =>
        new Scenario().Started().OwnImage(false).Loads("bcryptprimitives.dll").Ended(8 * Minute).Connects(seconds: connection);

    [Theory]
    [InlineData(-120, true)]
    [InlineData(-120.001, false)]
    [InlineData(720, true)]
    [InlineData(720.001, false)]
    public void A_time_is_believed_up_to_two_minutes_outside_the_life(double seconds, bool believed)
    {
        ProcessLife life = new(Scenario.Noon, Scenario.Noon.AddMinutes(10));
        DateTimeOffset time = Scenario.Noon.AddSeconds(seconds), nearest = seconds < 0 ? Scenario.Noon : Scenario.Noon.AddMinutes(10);
        Assert.Equal(new EventTime(believed ? time : nearest, believed), life.Place(time));
    }
}
