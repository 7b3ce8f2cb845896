using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Tests.Pipeline.State;

/// <summary>States that an earlier version of the app stored, of a process that sends ciphertext and of its channel, as that version wrote them.</summary>
public class FormerStateTests
{
    [Fact]
    public void A_process_of_schema_2()
    {
        EntityState<ProcessFacts> state = Read<ProcessFacts>("process");

        Assert.Equal((ProcessFacts.CurrentSchema, @"C:\Users\ana\Downloads\update.exe"), (state.Facts!.SchemaVersion, state.Facts.Image));
        Assert.Single(Assert.Single(state.Facts.Flows).Payloads);
        AssertStands(FactKinds.Process, state, new ProcessFacts { Key = state.Facts.Key, Platform = state.Facts.Platform }, "AN0400");
    }

    [Fact]
    public void A_channel_of_schema_1()
    {
        EntityState<ChannelFacts> state = Read<ChannelFacts>("channel");

        Assert.Single(Assert.Single(state.Facts!.Random).Payloads);
        Assert.Single(state.Facts.Marks);
        Detection detection = AssertStands(FactKinds.Channel, state, new ChannelFacts { Key = state.Facts.Key }, "AN0404");
        Assert.NotNull(detection.SupersededBy);
    }

    [Fact]
    public void A_channel_of_schema_2_which_kept_no_starts()
    {
        EntityState<ChannelFacts> state = Read<ChannelFacts>("channel-2");

        Assert.Equal((ChannelFacts.CurrentSchema, 0), (state.Facts!.SchemaVersion, state.Facts.Starts.Length));
        Assert.Single(Assert.Single(state.Facts.Random).Payloads);
        AssertStands(FactKinds.Channel, state, new ChannelFacts { Key = state.Facts.Key }, "AN0404");
    }

    [Fact]
    public void A_channel_of_schema_3_which_did_not_know_how_long_flows_stayed_up()
    {
        EntityState<ChannelFacts> state = Read<ChannelFacts>("channel-3");

        Assert.Equal(ChannelFacts.CurrentSchema, state.Facts!.SchemaVersion);
        Assert.Equal([null, null, null], state.Facts.Records.Select(flow => flow.DurationMs));
        Assert.Equal(3, state.Facts.Starts.Length);
        AssertStands(FactKinds.Channel, state, new ChannelFacts { Key = state.Facts.Key }, "AN0404");
    }

    [Fact]
    public void A_process_of_schema_4_which_kept_neither_names_nor_starts_of_connections()
    {
        EntityState<ProcessFacts> state = Read<ProcessFacts>("process-4");

        Assert.Equal((ProcessFacts.CurrentSchema, 0), (state.Facts!.SchemaVersion, state.Facts.ConnectionStarts.Length));
        Assert.Equal(20, Assert.Single(state.Facts.Destinations).Connections.Count, 3.0);
        AssertStands(FactKinds.Process, state, new ProcessFacts { Key = state.Facts.Key, Platform = state.Facts.Platform }, "AN0400");
    }

    [Fact]
    public void A_process_of_schema_5_which_kept_names_and_no_starts_of_connections()
    {
        EntityState<ProcessFacts> state = Read<ProcessFacts>("process-5");

        Assert.Equal((ProcessFacts.CurrentSchema, 0), (state.Facts!.SchemaVersion, state.Facts.ConnectionStarts.Length));
        Assert.Equal(("c2.example", 6L), (Assert.Single(state.Facts.Names).Key.Name, state.Facts.Names[0].Count));
        AssertStands(FactKinds.Process, state, new ProcessFacts { Key = state.Facts.Key, Platform = state.Facts.Platform }, "AN0400");
    }

    [Fact]
    public void A_process_of_schema_6_which_knew_nothing_of_others()
    {
        EntityState<ProcessFacts> state = Read<ProcessFacts>("process-6");

        Assert.Equal((ProcessFacts.CurrentSchema, 0, 20), (state.Facts!.SchemaVersion, state.Facts.Prevalence.Length, state.Facts.ConnectionStarts.Length));
        AssertStands(FactKinds.Process, state, new ProcessFacts { Key = state.Facts.Key, Platform = state.Facts.Platform }, "AN0400");
    }

    [Fact]
    public void A_flow_tells_its_channel_what_it_kept_with_its_owner()
    {
        EntityState<FlowFacts> state = Read<FlowFacts>("flow");
        (_, EntityAnswer answer) = EntityUpdate.Apply(FactKinds.Flow, state, new(FactKinds.Flow, new FlowFacts { Id = state.Facts!.Id }), DetectionSettings.Default);

        ChannelFacts told = answer.Hops.Select(hop => Assert.IsType<ChannelFacts>(hop.Facts)).Aggregate(static (left, right) => left.Merge(right));
        Assert.Single(told.Random);
        Assert.Equal("ws1", Assert.Single(told.Claims).Owner.Host.ToString());
    }

    [Fact]
    public void A_clock_that_did_not_name_its_host()
    {
        EntityState<ClockFacts> state = Read<ClockFacts>("clock");
        (EntityState<ClockFacts> next, _) = EntityUpdate.Apply(FactKinds.Clock, state, new(FactKinds.Clock, new ClockFacts("ws1", HostClock.Unknown)), DetectionSettings.Default);

        Assert.Equal("ws1", next.Facts!.Host);
        Assert.NotEmpty(next.Facts.Clock.Samples);
    }

    private static Detection AssertStands<TKey, TFacts>(FactKind<TKey, TFacts> kind, EntityState<TFacts> state, TFacts nothing, string analytic)
        where TKey : notnull
        where TFacts : class, IMergeable<TFacts>
    {
        (_, EntityAnswer answer) = EntityUpdate.Apply(kind, state, new(kind, nothing, IsInformed: true), DetectionSettings.Default);
        Detection detection = Assert.Single(answer.Detections);
        Assert.Equal((analytic, false, Assert.Single(state.Outbox).Id), (detection.AnalyticId, detection.Withdrawn, detection.DetectionId));
        return detection;
    }

    private static EntityState<TFacts> Read<TFacts>(string name)
        where TFacts : class => FactsJson.Deserialize<EntityState<TFacts>>(
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "Core.Tests", "Pipeline", "State", "Former", name + ".json")));
}
