using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Entities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CipherWatch.Functions.Orchestrations;

/// <summary>
/// Delivers one part of a batch: calls each entity once, in rounds, and publishes what they answer. Flows and clocks first, because
/// processes and channels are told what they say; then channels again, where a process covers what they say. No cycles.
/// </summary>
/// <remarks>
/// Calls, not signals: a signal in flight when the worker dies is lost with its whole batch, and a call is not. All that is called
/// and published may run twice and changes nothing the second time.
/// </remarks>
public static class BatchOrchestration
{
    /// <summary>Delivers one part of a batch.</summary>
    [Function(nameof(BatchOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BatchPart part = context.GetInput<BatchPart>() ?? throw new InvalidOperationException("An orchestration needs a part of a batch.");
        EntityCalls calls = new(context);

        Task<Called<HostClock>[]> clockCalls = Task.WhenAll(part.Clocks.Select(clock =>
            calls.CallAsync<HostClock>(nameof(ClockEntity), clock.Host, clock.Clock)));
        Task<Called<FlowFacts>[]> flowCalls = Task.WhenAll(part.Flows.Select(flow =>
            calls.CallAsync<FlowFacts>(nameof(FlowEntity), flow.Id.ToString(), flow)));
        Called<HostClock>[] clocks = await clockCalls;
        FlowFacts[] flows = Called<FlowFacts>.Answers(await flowCalls);
        ClockFacts[] known = [.. part.Clocks.Zip(clocks, (asked, called) => asked with { Clock = called.Answer ?? asked.Clock })];

        Task<Called<EntityAnswer>[]> processCalls = Task.WhenAll(Rounds.Processes(part, flows, known).Select(operation =>
            calls.CallAsync<EntityAnswer>(nameof(ProcessEntity), operation.Key.ToString(), operation)));
        Task<EntityAnswer[]> channelCalls = ChannelsAsync(calls, Rounds.Channels(flows));
        EntityAnswer[] processes = Called<EntityAnswer>.Answers(await processCalls);
        EntityAnswer[] channels = await channelCalls;

        EntityAnswer[] superseded = await ChannelsAsync(calls, Rounds.Superseded(processes));
        Publication publication = Rounds.Publication([.. processes, .. channels, .. superseded]);
        if (publication.Detections.Count > 0)
        {
            await context.CallActivityAsync(nameof(PublishDetections), publication, PublishDetections.Retries);
        }

        // Only now: what the other entities said is published whatever became of one.
        calls.ThrowIfAnyFailed();
    }

    private static async Task<EntityAnswer[]> ChannelsAsync(EntityCalls calls, IReadOnlyList<ChannelOperation> operations) =>
        Called<EntityAnswer>.Answers(await Task.WhenAll(operations.Select(operation =>
            calls.CallAsync<EntityAnswer>(nameof(ChannelEntity), operation.Key.ToString(), operation))));
}
