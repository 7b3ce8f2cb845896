using Azure.Messaging.EventHubs;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Triggers;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>The whole app, its hosts and stores replaced: events in, detections out.</summary>
internal sealed class App
{
    private readonly DetectionSettings _settings;

    public App(DetectionSettings? settings = null)
    {
        _settings = settings ?? DetectionSettings.Default;
        Entities = new(_settings);
        Handler = new(new ModuleFilter(_settings), new FlowRoutes(_settings), new(), Letters, Journal, new BatchStarter(new(InFlightLimits.Usual, TimeProvider.System), NullLogger<BatchStarter>.Instance), NullLogger<BatchHandler>.Instance);
    }

    public EntityHost Entities { get; }

    public DurableClient Client { get; } = new();

    public DetectionStore Detections { get; } = new();

    public LetterStore Letters { get; } = new();

    public JournalStore Journal { get; } = new();

    public BatchHandler Handler { get; }

    /// <summary>What is to be looked at again, by the id of the orchestration that would.</summary>
    public Dictionary<string, BatchPart> Again { get; } = new(StringComparer.Ordinal);

    /// <summary>Handles events as the Sysmon trigger does.</summary>
    public Task TriggerAsync(IReadOnlyList<EventData> events, string partition = "0") =>
        new SysmonEvents(new EventBatch(Handler)).RunAsync(
            [.. events], Client, InvocationContext.OfPartition(partition), TestContext.Current.CancellationToken);

    /// <summary>Handles events as the trigger of payload samples does.</summary>
    public Task TriggerSamplesAsync(IReadOnlyList<EventData> events) =>
        new PayloadSampleEvents(new EventBatch(Handler)).RunAsync(
            [.. events], Client, InvocationContext.OfPartition("0", "payload-samples"), TestContext.Current.CancellationToken);

    /// <summary>Runs every orchestration that was started and has not run.</summary>
    public async Task RunAsync()
    {
        foreach ((string id, BatchPart part) in Client.Started.Where(start =>
            Client.Statuses[start.Id] == OrchestrationRuntimeStatus.Pending).ToList())
        {
            OrchestrationContext context = new(part, Entities) { Publish = PublishAsync, Journal = Journal, Id = id };
            await BatchOrchestration.RunAsync(context);
            Client.Statuses[id] = OrchestrationRuntimeStatus.Completed;
            context.Again.ForEach(again => Again.TryAdd(again.InstanceId, again.Entities));
        }
    }

    /// <summary>Runs what looks again at the entities that asked the journal.</summary>
    public async Task LookAgainAsync()
    {
        foreach (BatchPart entities in Again.Values)
        {
            await LookAgainOrchestration.RunAsync(new OrchestrationContext(entities, Entities) { Publish = PublishAsync, Journal = Journal });
        }
    }

    private Task PublishAsync(Publication publication) =>
        new PublishDetections([Detections], NullLogger<PublishDetections>.Instance).RunAsync(publication, TestContext.Current.CancellationToken);
}
