using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Process;
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
        foreach (FactSet set in batch.Sets.Where(set => set.Kind != FactKinds.Clock))
        {
            Assert.Equal(
                set.InOrder().Select(facts => facts.Key),
                parts.SelectMany(part => part.Facts).Where(facts => facts.Kind == set.Kind).Select(facts => facts.Key));
        }

        Assert.Subset(parts.SelectMany(Clocks).ToHashSet(), batch.Of(FactKinds.Clock).Facts.Keys.ToHashSet());
        foreach (BatchPart part in parts)
        {
            Assert.Subset(Clocks(part).ToHashSet(), part.Facts.Where(facts => facts.Kind == FactKinds.Process).Select(process => process.Key.Split('|')[0]).ToHashSet());
            Assert.Equal(Clocks(part).Count(), Clocks(part).Distinct().Count());
        }
    }

    private static IEnumerable<string> Clocks(BatchPart part) => part.Facts.Where(facts => facts.Kind == FactKinds.Clock).Select(facts => facts.Key);

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
        Assert.Equal(1000, parts.Sum(part => part.Facts.Count(facts => facts.Kind == FactKinds.Process)));

        // Nor are there more parts than it takes.
        Assert.InRange(parts.Count, 10, 40);
    }

    [Theory]
    [InlineData(BatchPlan.MaxEntities - 1, 1)]
    [InlineData(BatchPlan.MaxEntities, 2)]
    public void A_part_is_full_with_a_hundred_entities_and_its_clocks_count(int processes, int parts)
    {
        EntityStates batch = Fold([.. Enumerable.Range(0, processes).Select(index => Start(index) with
        {
            Host = "host0",
            Process = new() { Key = ProcessKey.FromGuid("host0", $"{index}"), Image = "x" },
        })]);
        IReadOnlyList<BatchPart> split = BatchPlan.Split(batch);
        Assert.Equal(parts, split.Count);
        Assert.Equal(BatchPlan.MaxEntities, split[0].Count);
        Assert.All(split, part => Assert.Equal("host0", Assert.Single(Clocks(part))));
    }

    [Fact]
    public void A_part_is_closed_by_what_would_not_fit_and_not_before()
    {
        EntityStates batch = new();
        for (int process = 0; process < 90; process++)
        {
            batch.Of(FactKinds.Process).Add(Example.Process with
            {
                Key = ProcessKey.FromGuid("host0", $"{process}"),
                CommandLine = new string('y', 9000 + process),
            });
        }

        IReadOnlyList<BatchPart> parts = BatchPlan.Split(batch);
        Assert.InRange(parts.Count, 3, 5);
        for (int part = 0; part < parts.Count - 1; part++)
        {
            int bytes = FactsJson.SerializeToUtf8(parts[part]).Length;
            int next = FactsJson.SerializeToUtf8(parts[part + 1].Facts[0]).Length;
            Assert.InRange(bytes, 1, BatchPlan.MaxInputBytes);
            Assert.InRange(bytes + next, BatchPlan.MaxInputBytes - 300, int.MaxValue);
        }
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

    /// <summary>The frame, each fact's bytes, and the comma behind it.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void A_part_takes_exactly_so_many_bytes_and_not_one_more(int more, int parts)
    {
        const int FrameBytes = 64, Processes = 40;
        EntityFacts[] facts = [.. Enumerable.Range(10, Processes).Select(process => Named(process, 6_000))];
        int bytes = FrameBytes + facts.Sum(Size) + Size(new(FactKinds.Clock, new ClockFacts("host0", HostClock.Unknown)));
        facts[^1] = Named(9 + Processes, 6_000 + (BatchPlan.MaxInputBytes - bytes) + more);
        EntityStates batch = new();
        foreach (EntityFacts process in facts)
        {
            batch.Of(FactKinds.Process).Add((ProcessFacts)process.Facts);
        }

        Assert.Equal(parts, BatchPlan.Split(batch).Count);

        static EntityFacts Named(int process, int line) => new(
            FactKinds.Process, new ProcessFacts { Key = ProcessKey.FromGuid("host0", $"{process}"), CommandLine = new string('y', line) });
        static int Size(EntityFacts facts) => FactsJson.SerializeToUtf8(facts).Length + 1;
    }

    /// <summary>Of another host: its clock must fit, too.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void A_part_has_room_for_a_process_where_it_has_for_its_clock_too(int more, int parts)
    {
        const int FrameBytes = 64;
        int companions = Size(new(FactKinds.Clock, new ClockFacts("host0", HostClock.Unknown))) + Size(new(FactKinds.Clock, new ClockFacts("host1", HostClock.Unknown)));
        int bytes = FrameBytes + companions + Size(Of("host0", 200_000)) + Size(Of("host1", 10_000));
        EntityStates batch = new();
        batch.Of(FactKinds.Process).Add((ProcessFacts)Of("host0", 200_000).Facts);
        batch.Of(FactKinds.Process).Add((ProcessFacts)Of("host1", 10_000 + (BatchPlan.MaxInputBytes - bytes) + more).Facts);

        Assert.Equal(parts, BatchPlan.Split(batch).Count);

        static EntityFacts Of(string host, int line) => new(
            FactKinds.Process, new ProcessFacts { Key = ProcessKey.FromGuid(host, "0"), CommandLine = new string('y', line) });
        static int Size(EntityFacts facts) => FactsJson.SerializeToUtf8(facts).Length + 1;
    }

    [Fact]
    public void A_process_travels_with_what_the_batch_knows_of_its_hosts_clock_or_with_nothing()
    {
        EntityStates batch = new();
        batch.Of(FactKinds.Process).Add(new() { Key = ProcessKey.FromGuid("host0", "0") });
        batch.Of(FactKinds.Process).Add(new() { Key = ProcessKey.FromGuid("host1", "0") });
        batch.Of(FactKinds.Clock).Add(new("host0", Example.Clock));

        Assert.Equal(
            [new ClockFacts("host0", Example.Clock), new ClockFacts("host1", HostClock.Unknown)],
            Assert.Single(BatchPlan.Split(batch)).Facts.Select(facts => facts.Facts).OfType<ClockFacts>());
    }
}
