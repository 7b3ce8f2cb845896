using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Kinds;

public class FactKindTests
{
    private static readonly Type[] Facts =
        [typeof(ClockFacts), typeof(FlowFacts), typeof(AuditEventFacts), typeof(ChannelFacts), typeof(ProcessFacts), typeof(AttemptFacts)];

    /// <summary>A kind that answered for another's types would write them by its own converter.</summary>
    [Fact]
    public void A_kind_says_how_its_facts_its_states_and_operations_are_written_and_nothing_else()
    {
        JsonSerializerOptions options = new();
        Assert.Equal(Facts.Length, FactKinds.All.Count);
        foreach ((FactKind kind, Type own) in FactKinds.All.Zip(Facts))
        {
            Type[] said = [.. Facts.Concat(Facts.Select(facts => typeof(EntityState<>).MakeGenericType(facts))).Append(typeof(EntityFacts)).Append(typeof(string))
                .Where(type => kind.TypeInfo(type, options) is not null)];
            Assert.Equal([own, typeof(EntityState<>).MakeGenericType(own), typeof(EntityFacts)], said);
            Assert.All(said, type => Assert.Equal(type, ((JsonTypeInfo)kind.TypeInfo(type, options)!).Type));
        }
    }

    [Fact]
    public void A_kind_is_found_by_its_name_and_no_other()
    {
        Assert.All(FactKinds.All, kind => Assert.Same(kind, FactKinds.Named(kind.Name)));
        Assert.Null(FactKinds.Named("Clock"));
        Assert.Null(FactKinds.Named(null));
    }

    [Fact]
    public void What_was_published_of_days_that_were_crowded_out_stands()
    {
        static FlowSummary Flow(int number) => Example.Summary with
        {
            Key = FlowKey.Create(Example.ChannelKey.SourceIp, (ushort)(50_000 + number), Example.ChannelKey.DestinationIp, 8444, 6),
            Day = Example.Day + number,
        };
        ChannelFacts channel = new() { Key = Example.ChannelKey, Weak = [Flow(1)] };
        Assert.Null(FactKinds.Channel.SettledBefore(channel));
        Assert.Equal(new DateOnly(2024, 10, 5), FactKinds.Channel.SettledBefore(channel with { Weak = [Flow(2), Flow(1)] }));

        AttemptFacts attempts = new()
        {
            SourceIp = Example.ChannelKey.SourceIp,
            Attempts = [.. Enumerable.Range(1, AttemptFacts.MaxAttempts).Select(call => Example.Attempts.Attempts[0] with { Hash = (ulong)call })],
        };
        Assert.Equal(new DateOnly(2024, 10, 4), FactKinds.Attempts.SettledBefore(attempts));
        Assert.Null(FactKinds.Attempts.SettledBefore(Example.Attempts));
    }

    [Fact]
    public void A_kind_in_no_row_has_no_place() => Assert.Throws<ArgumentException>(() => FactKinds.IndexOf(new FactKind<string, ClockFacts>("other", 0)
    {
        KeyOf = static facts => facts.Host,
        TextOf = static host => host,
        Order = StringComparer.Ordinal,
        Fold = static (_, _) => null,
        HeldBytes = 1,
        Empty = static host => new(host, HostClock.Unknown),
    }));

    [Fact]
    public void What_is_above_the_bound_is_held_no_more_and_entities_are_found_by_text_alone()
    {
        FactSet<FlowId, FlowFacts> flows = (FactSet<FlowId, FlowFacts>)FactKinds.Flow.CreateSet(3 * FactKinds.Flow.HeldBytes);
        for (uint flow = 1; flow <= 3; flow++)
        {
            flows.Add(new FlowFacts { Id = new(1, 2, flow) });
            Assert.Equal((int)flow, flows.Count);
        }

        flows.Add(new FlowFacts { Id = new(1, 2, 4) });
        Assert.Equal(0, flows.Count);
        flows.Clear();

        FactSet<string, ClockFacts> clocks = (FactSet<string, ClockFacts>)FactKinds.Clock.CreateSet(1);
        clocks.Add(new ClockFacts("ws1", Example.Clock));
        clocks.Add(new ClockFacts("ws2", Example.Clock));
        Assert.Equal((2, "ws1", null, null), (clocks.Count, ((ClockFacts)clocks.Find("ws1")!).Host, clocks.Find("ws3"), flows.Find("ws1")));
    }

    [Fact]
    public void A_process_is_judged_by_its_own_samples_of_the_clock_and_by_those_that_travel_with_it()
    {
        HostClock other = new() { Samples = [Example.Clock.Samples[0] with { Id = Example.Id(11), DeltaMs = 5 }] };
        ProcessFacts joined = (ProcessFacts)FactKinds.Process.Join(
            new ProcessFacts { Key = Example.Process.Key, Clock = Example.Clock }, host => host == "ws1" ? new ClockFacts(host, other) : null);
        Assert.Equal(Example.Clock.Merge(other), joined.Clock);
        Assert.Equal(2, joined.Clock.Samples.Length);
    }
}
