using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

/// <summary>A detection that is taken back keeps what sinks find it by, and says no more.</summary>
public class WithdrawalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("AN0400", TelemetryPlatform.Windows)]
    [InlineData("AN0401", TelemetryPlatform.Linux)]
    [InlineData("AN0402", TelemetryPlatform.MacOs)]
    [InlineData("AN0403", TelemetryPlatform.Esxi)]
    public void Of_a_process_it_names_host_process_and_analytic(string analytic, TelemetryPlatform platform)
    {
        Detection withdrawn = Withdrawal.Of(Entry(analytic), Example.Process with { Runs = [], FirstSeen = null }, DetectionSettings.Default);

        AssertSaysNothing(withdrawn, analytic, platform);
        Assert.Equal("ws1", withdrawn.Host);
        Assert.Equal(new ProcessFields { Key = Example.Process.Key, Pid = 7, Guid = "a", Image = "/tmp/x" }, withdrawn.Process);
        Assert.Null(withdrawn.Destination);
    }

    [Fact]
    public void Of_a_channel_it_names_the_destination()
    {
        Detection withdrawn = Withdrawal.Of(Entry("AN0404"), Example.Channel, DetectionSettings.Default);

        AssertSaysNothing(withdrawn, "AN0404", TelemetryPlatform.Network);
        Assert.Equal(new(IpAddress.Parse("203.0.113.9"), 8444, "tcp", null), withdrawn.Destination);
        Assert.Null(withdrawn.Process);
    }

    [Fact]
    public void Of_unanswered_calls_it_names_the_analytic() => AssertSaysNothing(
        Withdrawal.Of(Entry("AN0404"), Example.Attempts, DetectionSettings.Default), "AN0404", TelemetryPlatform.Network);

    [Fact]
    public void What_was_said_of_a_day_whose_names_are_full_can_be_taken_back()
    {
        int day = Example.Day;
        ProcessFacts full = Example.Process with
        {
            Names = [.. Enumerable.Range(0, ProcessFacts.MaxNames).Select(number => new NameFacts { Key = new(day, default, 0, $"n{number}.example") })],
        };

        Assert.Equal(Withdrawal.Date(day), Withdrawal.SettledBefore(full));
        Assert.Null(Withdrawal.SettledBefore(full with { Names = full.Names.RemoveAt(0) }));
    }

    private static OutboxEntry Entry(string analytic) =>
        new(Example.Detection(analytic), analytic, 3, 9, Withdrawn: true, Noon.AddMinutes(1), Noon, Noon.AddMinutes(2));

    private static void AssertSaysNothing(Detection withdrawn, string analytic, TelemetryPlatform platform)
    {
        Assert.Equal(
            (Example.Detection(analytic), analytic, "T1573.001", platform, Severity.Low, 0),
            (withdrawn.DetectionId, withdrawn.AnalyticId, withdrawn.Technique, withdrawn.Platform, withdrawn.Severity, withdrawn.Confidence));
        Assert.Equal((Noon.AddMinutes(1), Noon, Noon.AddMinutes(2)), (withdrawn.Time, withdrawn.WindowStart, withdrawn.WindowEnd));
        Assert.Equal((true, DetectionSettings.Default.Version), (withdrawn.Withdrawn, withdrawn.SettingsVersion));
        Assert.Empty(withdrawn.Evidence);
        Assert.StartsWith("Withdrawn", withdrawn.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_image_that_ran_under_a_number_it_names_that_image()
    {
        ProcessFacts number = new()
        {
            Key = ProcessKey.FromPid("ws1", 7, startUnixMs: null),
            Platform = TelemetryPlatform.Linux,
            Image = "/n",
            Runs = [Example.Run with { Time = Example.Time(100), Image = "/b" }, Example.Run with { Time = Example.Time(10), Image = "/a" }],
        };
        ProcessFacts slice = ProcessSlices.Of(number)[1];
        DateTimeOffset noon = DateTimeOffset.UnixEpoch.AddDays(Example.Day).AddHours(12);
        OutboxEntry entry = new(
            DetectionId.Create("AN0401", slice.Key.Value, null, DateOnly.FromDateTime(noon.Date)), "AN0401", 1, 1, Withdrawn: true, noon, noon, noon);

        Detection withdrawn = Withdrawal.Of(entry, number, DetectionSettings.Default);

        Assert.Equal((slice.Key, "/a"), (withdrawn.Process!.Key!.Value, withdrawn.Process.Image));
        Assert.NotEqual(number.Key, withdrawn.Process.Key);
        Assert.Equal("/n", Withdrawal.Of(entry with { Id = Example.Detection("AN0401") }, number, DetectionSettings.Default).Process!.Image);
    }
}
