using System.Text.Json;
using System.Text.RegularExpressions;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Entities;
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

        Assert.Equal(["channelentity", "clockentity", "processentity"], host.States.Keys.Select(key => key.Split('@')[1]).Distinct().Order());
    }

    [Fact]
    public async Task A_revision_rises_with_the_content_only()
    {
        EntityHost host = new(DetectionSettings.Default);
        EntityFacts[] calls = [.. Implant("upd.exe")];
        List<int> revisions = [];
        foreach (EntityFacts call in calls.Concat([calls[^1], calls[0]]))
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
        EntityFacts[] calls = [.. Implant("notes.exe")];
        foreach (EntityFacts call in calls)
        {
            last = (await host.CallAsync<EntityAnswer>(Id(call), "Merge", call))!;
            published = Math.Max(published, last.Detections.Where(detection => !detection.Withdrawn).Max(detection => (int?)detection.Revision) ?? 0);
        }

        Detection withdrawn = Assert.Single(last.Detections);
        Assert.True(withdrawn.Withdrawn);
        Assert.Equal(published + 1, withdrawn.Revision);
        Assert.Equal("ws-000", withdrawn.Host);
        EntityAnswer again = (await host.CallAsync<EntityAnswer>(Id(calls[^1]), "Merge", calls[^1]))!;
        Assert.Equal(withdrawn.Revision, Assert.Single(again.Detections).Revision);
    }

    [Fact]
    public async Task A_state_of_a_later_shape_is_not_overwritten()
    {
        EntityHost host = new(DetectionSettings.Default);
        EntityFacts call = Implant("upd.exe").First();
        await host.CallAsync<EntityAnswer>(Id(call), "Merge", call);
        string stored = host.States[Id(call).ToString()]!;
        string later = Regex.Replace(stored, """\{"v":[0-9]+,""", """{"v":999,"shape":{"other":[1]},""");
        Assert.NotEqual(stored, later);
        host.Store(Id(call), later);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.CallAsync<EntityAnswer>(Id(call), "Merge", call));
        Assert.Equal(later, host.States[Id(call).ToString()]);
    }

    private static EntityInstanceId Id(EntityFacts operation) => new(EntityNames.Of(operation.Kind), operation.Key);

    /// <summary>One operation for each record of a program on the first host, after the journal was asked.</summary>
    private static IEnumerable<EntityFacts> Implant(string program) => Fleet.Records()
        .Where(line => line.Contains(program, StringComparison.Ordinal) && line.Contains("WS-000", StringComparison.Ordinal))
        .SelectMany(line => BatchPlan.Split(Facts(other => other == line)))
        .SelectMany(part => Joined(part).Where(facts => facts.Kind == FactKinds.Process));

    private static IEnumerable<(EntityInstanceId Id, object Operation)> Operations() =>
        BatchPlan.Split(Facts(_ => true)).SelectMany(Joined).Select(facts => (Id(facts), (object)facts));

    /// <summary>A part's facts as its entities are called with them: with the clocks that travel with processes.</summary>
    private static IEnumerable<EntityFacts> Joined(BatchPart part)
    {
        Rounds rounds = new(part);
        for (int round = 0; round < FactKinds.Rounds; round++)
        {
            IReadOnlyList<EntityFacts> calls = rounds.Calls(round);
            rounds.Answered(round, calls, [.. calls.Select(_ => (EntityAnswer?)null)]);
            foreach (EntityFacts call in calls)
            {
                yield return call with { IsInformed = true };
            }
        }
    }

    private static EntityStates Facts(Func<string, bool> picks)
    {
        BatchReader reader = new(new ModuleFilter(DetectionSettings.Default), FlowRoutes.Default, new());
        foreach (string line in Fleet.Records().Where(picks))
        {
            reader.Read(new(System.Text.Encoding.UTF8.GetBytes(line), BodyOrigin.Unknown));
        }

        Assert.Empty(reader.Letters);
        return reader.Facts;
    }
}
