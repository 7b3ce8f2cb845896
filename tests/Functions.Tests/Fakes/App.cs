using Azure.Messaging.EventHubs;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Prevalence;
using CipherWatch.Functions.Rejudging;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Telemetry;
using CipherWatch.Functions.Triggers;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>The whole app, its hosts and stores replaced: events in, detections out.</summary>
internal sealed class App
{
    private readonly PublishDetections _publish;

    public App(LiveSettings? settings = null, AppMeter? meter = null, TemplateStore? templates = null, InFlightLimits? limits = null)
    {
        Templates = templates ?? new();
        Starter = new(new(limits ?? InFlightLimits.Usual, TimeProvider.System), NullLogger<BatchStarter>.Instance);
        Meter = meter ?? Meters.Of(TimeProvider.System);
        Settings = settings ?? LiveStore.Shipped();
        Entities = new(() => Settings.Current.Detection);
        Instance = new(TimeProvider.System);
        Handler = new(
            Settings, new(Templates), Letters, Journal, Starter, Instance, Meter,
            NullLogger<BatchHandler>.Instance);
        Client = new(Entities);
        _publish = Publisher.Of([Detections], Instance, Meter);
    }

    public LiveSettings Settings { get; }

    /// <summary>Says whether a call fails before it reaches its entity.</summary>
    public Func<Microsoft.DurableTask.Entities.EntityInstanceId, int, bool> Fails { get; set; } = static (_, _) => false;

    /// <summary>Replays dead letters.</summary>
    public LetterReplay Replay => new(Letters, Handler, Starter);

    public BatchStarter Starter { get; }

    public TemplateStore Templates { get; }

    public InstanceTally Instance { get; }

    public AppMeter Meter { get; }

    public EntityHost Entities { get; }

    public DurableClient Client { get; }

    public DetectionStore Detections { get; } = new();

    public LetterStore Letters { get; } = new();

    public JournalStore Journal { get; } = new();

    public IPrevalenceStore Prevalence { get; init; } = new PrevalenceStore();

    public BatchHandler Handler { get; }

    /// <summary>What is to be looked at again, by the id of the orchestration that would.</summary>
    public Dictionary<string, BatchPart> Again { get; } = new(StringComparer.Ordinal);

    /// <summary>Handles events as the Sysmon trigger does.</summary>
    public Task TriggerAsync(IReadOnlyList<EventData> events, string partition = "0") =>
        new WindowsEvents(new EventBatch(Handler)).RunAsync(
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
            OrchestrationContext context = new(part, Entities) { Publish = PublishAsync, Journal = Journal, Prevalence = Prevalence, Id = id, Fails = Fails };
            await BatchOrchestration.RunAsync(context);
            Client.Statuses[id] = OrchestrationRuntimeStatus.Completed;
            foreach (Undelivered undelivered in context.GivenUp)
            {
                await new KeepUndelivered(Letters, Instance, Meter, NullLogger<KeepUndelivered>.Instance).RunAsync(
                    undelivered, TestContext.Current.CancellationToken);
            }

            context.Again.ForEach(again => Again.TryAdd(again.InstanceId, again.Entities));
        }
    }

    /// <summary>Runs what looks again at the entities that asked the journal.</summary>
    public async Task LookAgainAsync()
    {
        foreach (BatchPart entities in Again.Values)
        {
            await LookAgainOrchestration.RunAsync(new OrchestrationContext(new LookAgain(entities.Facts), Entities) { Publish = PublishAsync, Journal = Journal, Prevalence = Prevalence });
        }
    }

    /// <summary>Judges everything again, as after a change of settings; returns the runs that it took.</summary>
    public async Task<int> RejudgeAsync(ISettingsStore store, string version)
    {
        RejudgeInput? input = new(version, null);
        int runs = 0;
        for (; input is not null; runs++)
        {
            OrchestrationContext context = new(input, Entities) { Publish = PublishAsync, Journal = Journal, Prevalence = Prevalence, Client = Client, Settings = store };
            await RejudgeOrchestration.RunAsync(context);
            input = (RejudgeInput?)context.NextRun;
        }

        return runs;
    }

    private Task PublishAsync(Publication publication) =>
        _publish.RunAsync(publication, TestContext.Current.CancellationToken);
}
