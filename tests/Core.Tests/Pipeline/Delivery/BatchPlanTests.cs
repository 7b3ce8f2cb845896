using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

[Properties(Arbitrary = [typeof(ObservationArbitrary)], MaxTest = 30)]
public class BatchPlanTests
{
    [Property]
    public void The_parts_hold_every_fact_once_and_clocks_where_they_are_needed(Observation[] stream)
    {
        EntityStates batch = Fold(stream);
        IReadOnlyList<BatchPart> parts = BatchPlan.Split(batch);
        Assert.Equal(batch.Of(FactKinds.Process).Facts.Keys.Order(), parts.SelectMany(part => part.Processes).Select(process => process.Key));
        Assert.Equal(batch.Of(FactKinds.Flow).Facts.Keys.Order(), parts.SelectMany(part => part.Flows).Select(flow => flow.Id));
        Assert.Subset(parts.SelectMany(part => part.Clocks).Select(clock => clock.Host).ToHashSet(), batch.Of(FactKinds.Clock).Facts.Keys.ToHashSet());
        foreach (BatchPart part in parts)
        {
            Assert.Subset(part.Clocks.Select(clock => clock.Host).ToHashSet(), part.Processes.Select(process => process.Key.Host.ToString()).ToHashSet());
            Assert.Equal(part.Clocks.Count, part.Clocks.Select(clock => clock.Host).Distinct().Count());
        }
    }

    [Property]
    public void The_order_of_the_records_does_not_change_the_parts(Observation[] stream) => Assert.Equal(
        BatchPlan.Split(Fold(stream)).Select(FactsJson.Serialize),
        BatchPlan.Split(Fold([.. stream.Reverse()])).Select(FactsJson.Serialize));

    [Fact]
    public void No_part_is_more_than_an_orchestration_carries()
    {
        EntityStates batch = Fold([.. Enumerable.Range(0, 1000).Select(Start)]);
        IReadOnlyList<BatchPart> parts = BatchPlan.Split(batch);
        Assert.All(parts, part => Assert.InRange(part.Count, 1, BatchPlan.MaxEntities));
        Assert.All(parts, part => Assert.InRange(FactsJson.SerializeToUtf8(part).Length, 1, BatchPlan.MaxInputBytes));
        Assert.Equal(1000, parts.Sum(part => part.Processes.Count));

        // Nor are there more parts than it takes.
        Assert.InRange(parts.Count, 10, 40);
    }

    [Fact]
    public void Nothing_is_no_part() => Assert.Empty(BatchPlan.Split(new()));

    private static Observation Start(int index) => new()
    {
        Kind = ObservationKind.ProcessStart,
        Source = SourceNames.Sysmon,
        Platform = TelemetryPlatform.Windows,
        Time = DateTimeOffset.UnixEpoch.AddSeconds(index),
        RecordTime = DateTimeOffset.UnixEpoch.AddSeconds(index),
        Host = $"host{index % 7}",
        Process = new()
        {
            Key = ProcessKey.FromGuid($"host{index % 7}", $"{index}"),
            Image = @"C:\" + new string('x', 2000),
            CommandLine = new string('y', 9000),
            ParentImage = new string('z', 2000),
        },
    };

    private static EntityStates Fold(Observation[] stream)
    {
        EntityStates batch = new();
        foreach (Observation observation in stream)
        {
            batch.Add(observation);
        }

        return batch;
    }
}
