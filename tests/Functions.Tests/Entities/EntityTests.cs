using System.Text.Json;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Tests.Entities;

/// <summary>Entities by the worker's own runner, over states as they are stored.</summary>
public class EntityTests
{
    [Fact]
    public async Task The_same_operation_leaves_the_same_state_and_gives_the_same_answer()
    {
        EntityHost host = new(DetectionSettings.Default);
        foreach ((EntityInstanceId id, object operation) in Operations())
        {
            string first = JsonSerializer.Serialize(await host.CallAsync<JsonElement?>(id, "Merge", operation));
            string? state = host.States[id.ToString()];
            string second = JsonSerializer.Serialize(await host.CallAsync<JsonElement?>(id, "Merge", operation));
            Assert.Equal(first, second);
            Assert.Equal(state, host.States[id.ToString()]);
        }

        Assert.Equal(["channelentity", "clockentity", "flowentity", "processentity"], host.States.Keys.Select(key => key.Split('@')[1]).Distinct().Order());
    }

    [Fact]
    public async Task A_revision_rises_with_the_content_only()
    {
        EntityHost host = new(DetectionSettings.Default);
        ProcessOperation[] calls = [.. Implant("upd.exe")];
        List<int> revisions = [];
        foreach (ProcessOperation call in calls.Concat([calls[^1], calls[0]]))
        {
            EntityAnswer answer = (await host.CallAsync<EntityAnswer>(Id(call), "merge", call))!;
            revisions.Add(answer.Detections.Count > 0 ? answer.Detections[0].Revision : 0);
        }

        Assert.True(revisions[^3] > 1, string.Join(',', revisions));
        Assert.Equal(revisions.Order(), revisions);
        Assert.Equal([revisions[^3], revisions[^3], revisions[^3]], revisions[^3..]);
    }

    [Fact]
    public async Task What_is_no_longer_implied_is_withdrawn_and_said_so_each_time()
    {
        EntityHost host = new(DetectionSettings.Default);
        EntityAnswer last = new([], []);
        int published = 0;
        ProcessOperation[] calls = [.. Implant("notes.exe")];
        foreach (ProcessOperation call in calls)
        {
            last = (await host.CallAsync<EntityAnswer>(Id(call), "Merge", call))!;
            published = Math.Max(published, last.Detections.Where(detection => !detection.Withdrawn).Max(detection => (int?)detection.Revision) ?? 0);
        }

        var withdrawn = Assert.Single(last.Detections);
        Assert.True(withdrawn.Withdrawn);
        Assert.Equal(published + 1, withdrawn.Revision);
        Assert.Equal("ws-000", withdrawn.Host);
        EntityAnswer again = (await host.CallAsync<EntityAnswer>(Id(calls[^1]), "Merge", calls[^1]))!;
        Assert.Equal(withdrawn.Revision, Assert.Single(again.Detections).Revision);
    }

    [Fact]
    public async Task A_state_of_another_shape_is_built_anew_and_its_revisions_go_on()
    {
        EntityHost host = new(DetectionSettings.Default);
        ProcessOperation[] calls = [.. Implant("upd.exe")];
        EntityAnswer before = new([], []);
        foreach (ProcessOperation call in calls)
        {
            before = (await host.CallAsync<EntityAnswer>(Id(call), "Merge", call))!;
        }

        string stored = host.States[Id(calls[0]).ToString()]!;
        string foreign = stored.Replace("""{"v":2,""", """{"v":999,"shape":{"other":[1]},""", StringComparison.Ordinal);
        Assert.NotEqual(stored, foreign);
        host.Store(Id(calls[0]), foreign);
        foreach (ProcessOperation call in calls)
        {
            before = (await host.CallAsync<EntityAnswer>(Id(call), "Merge", call))!;
        }

        Assert.All(before.Detections, detection => Assert.True(detection is { Withdrawn: false, Revision: > 1 }));
        Assert.NotEmpty(before.Detections);
        Assert.Contains("""{"v":2,""", host.States[Id(calls[0]).ToString()], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_that_hops_nowhere_answers_nothing()
    {
        EntityHost host = new(DetectionSettings.Default);
        var flow = Facts(line => line.Contains("\"EventID\":3", StringComparison.Ordinal)).Flows.Values.First();
        Assert.Null(await host.CallAsync<FlowFacts>(new("FlowEntity", flow.Id.ToString()), "Merge", flow));
    }

    private static EntityInstanceId Id(ProcessOperation operation) => new("ProcessEntity", operation.Key.ToString());

    /// <summary>One operation for each record of a program on the first host.</summary>
    private static IEnumerable<ProcessOperation> Implant(string program) => Fleet.Records()
        .Where(line => line.Contains(program, StringComparison.Ordinal) && line.Contains("WS-000", StringComparison.Ordinal))
        .Select(line => Facts(other => other == line))
        .Where(facts => facts.Processes.Count > 0)
        .Select(facts => new ProcessOperation(facts.Processes.Keys.Single(), facts.Processes.Values.Single(), [], facts.Clocks.Values.Single()));

    private static IEnumerable<(EntityInstanceId Id, object Operation)> Operations()
    {
        EntityStates facts = Facts(_ => true);
        BatchPart whole = new(
            [.. facts.Clocks.Select(clock => new ClockFacts(clock.Key, clock.Value))], [.. facts.Flows.Values], [.. facts.Processes.Values]);
        foreach (ClockFacts clock in whole.Clocks)
        {
            yield return (new("ClockEntity", clock.Host), clock.Clock);
        }

        foreach (var flow in whole.Flows)
        {
            yield return (new("FlowEntity", flow.Id.ToString()), flow);
        }

        foreach (ProcessOperation process in Rounds.Processes(whole, whole.Flows, whole.Clocks))
        {
            yield return (Id(process), process);
        }

        foreach (ChannelOperation channel in Rounds.Channels(whole.Flows))
        {
            yield return (new("ChannelEntity", channel.Key.ToString()), channel);
        }
    }

    private static EntityStates Facts(Func<string, bool> picks)
    {
        BatchReader reader = new(new ModuleFilter(DetectionSettings.Default), new());
        foreach (string line in Fleet.Records().Where(picks))
        {
            reader.Read(System.Text.Encoding.UTF8.GetBytes(line), BodyOrigin.Unknown);
        }

        Assert.Empty(reader.Letters);
        return reader.Facts;
    }
}
