using System.Text;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Orchestrations;

public class BatchOrchestrationTests
{
    [Fact]
    public async Task Clocks_and_channels_come_before_processes()
    {
        OrchestrationContext context = new(Batch(), new(DetectionSettings.Default));
        await BatchOrchestration.RunAsync(context);
        List<string> names = [.. context.Calls.Select(call => call.Name)];
        int processes = names.IndexOf("processentity");
        Assert.True(processes > 0);
        Assert.True(names.LastIndexOf("clockentity") < names.IndexOf("channelentity"));
        Assert.True(names.IndexOf("channelentity") < processes);

        // Asked, told, and marked: no entity is called more often.
        Assert.InRange(context.Calls.GroupBy(call => call).Max(call => call.Count()), 1, 4);
        Assert.Empty(context.Waits);
    }

    [Fact]
    public async Task A_flow_hops_to_a_process_of_an_earlier_batch()
    {
        EntityHost entities = new(DetectionSettings.Default);
        await BatchOrchestration.RunAsync(new OrchestrationContext(Batch(line => line.Contains("\"EventID\"", StringComparison.Ordinal)), entities));
        OrchestrationContext network = new(Batch(line => line.Contains("payload-sample", StringComparison.Ordinal)), entities);
        await BatchOrchestration.RunAsync(network);
        Assert.Contains(network.Calls, call => call.Name == "processentity" && call.Key.StartsWith("ws-000|", StringComparison.Ordinal));
        Publication publication = Assert.Single(network.Activities).Input;
        Assert.Contains(publication.Detections, detection => detection.AnalyticId == "AN0400" && detection.Evidence.Any(evidence => evidence.Kind == "encryptedNoHandshake"));
        Assert.Contains(publication.Detections, detection => detection.AnalyticId == "AN0404" && detection.SupersededBy is not null);
    }

    [Fact]
    public async Task Each_call_is_tried_again_on_its_own_with_growing_waits()
    {
        OrchestrationContext context = new(Batch(), new(DetectionSettings.Default))
        {
            Fails = static (id, call) => id.Name == "processentity" && call <= 8,
        };
        await BatchOrchestration.RunAsync(context);
        int processes = context.Calls.Where(call => call.Name == "processentity").Distinct().Count();
        int informed = context.Again.Single().Entities.Facts.Count(entity => entity.Kind.Name == "process");
        Assert.Equal((processes * 9) + informed, context.Calls.Count(call => call.Name == "processentity"));
        Assert.Equal(processes * 8, context.Waits.Count);
        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 60], context.Waits.Select(wait => (int)wait.TotalSeconds).Distinct().Order());
    }

    [Fact]
    public async Task What_an_entity_never_took_is_kept_after_the_rest_is_published_and_the_batch_ends()
    {
        OrchestrationContext context = new(Batch(), new(DetectionSettings.Default))
        {
            Fails = static (id, _) => id.Key.StartsWith("ws-000|", StringComparison.Ordinal),
        };
        await BatchOrchestration.RunAsync(context);
        Undelivered given = Assert.Single(context.GivenUp);
        Assert.Contains("ws-000|", given.Reason, StringComparison.Ordinal);
        Assert.Equal("test", given.InstanceId);
        Assert.All(given.Facts, operation => Assert.StartsWith("ws-000|", operation.Key, StringComparison.Ordinal));
        Assert.Equal(given.Facts.Count, given.Facts.Select(operation => operation.Key).Distinct().Count());
        Assert.Equal(EntityCalls.MaxAttempts, context.Calls.Where(call => call.Key.StartsWith("ws-000|", StringComparison.Ordinal)).GroupBy(call => call).Select(call => call.Count()).Distinct().Single());
        Publication publication = Assert.Single(context.Activities).Input;
        Assert.Contains(publication.Detections, detection => detection.Host == "ws-001");
        Assert.DoesNotContain(publication.Detections, detection => detection.Host == "ws-000");
    }

    [Fact]
    public async Task Publishing_is_retried_by_policy_and_left_out_where_there_is_nothing()
    {
        OrchestrationContext context = new(Batch(), new(DetectionSettings.Default));
        await BatchOrchestration.RunAsync(context);
        (string name, Publication input, Microsoft.DurableTask.TaskOptions? options) = Assert.Single(context.Activities);
        Assert.Equal("PublishDetections", name);
        Assert.NotEmpty(input.Detections);
        Assert.True(options!.Retry!.Policy!.MaxNumberOfAttempts > 1);

        OrchestrationContext quiet = new(Batch(line => line.Contains("firefox", StringComparison.Ordinal)), new(DetectionSettings.Default));
        await BatchOrchestration.RunAsync(quiet);
        Assert.Empty(quiet.Activities);
    }

    [Fact]
    public async Task A_replay_calls_the_same_in_the_same_order()
    {
        OrchestrationContext first = new(Batch(), new(DetectionSettings.Default));
        OrchestrationContext second = new(Batch(), new(DetectionSettings.Default));
        await BatchOrchestration.RunAsync(first);
        await BatchOrchestration.RunAsync(second);
        Assert.Equal(first.Calls, second.Calls);
        Assert.NotEmpty(first.Calls);
    }

    private static BatchPart Batch(Func<string, bool>? picks = null)
    {
        BatchReader reader = new(new ModuleFilter(DetectionSettings.Default), FlowRoutes.Default, new());
        foreach (string line in Fleet.Records().Where(picks ?? (_ => true)))
        {
            reader.Read(new(Encoding.UTF8.GetBytes(line), BodyOrigin.Unknown));
        }

        return Assert.Single(BatchPlan.Split(reader.Facts));
    }
}
