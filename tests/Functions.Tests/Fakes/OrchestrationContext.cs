using System.Diagnostics.CodeAnalysis;
using Azure;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Prevalence;
using CipherWatch.Functions.Rejudging;
using CipherWatch.Functions.Settings;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>An orchestration's context over the entities of a test: notes timers and activities, and fails calls as told.</summary>
internal sealed class OrchestrationContext(object input, EntityHost entities) : TaskOrchestrationContext
{
    /// <summary>Says whether a call fails before it reaches its entity: the entity, and how many calls of it there were.</summary>
    public Func<EntityInstanceId, int, bool> Fails { get; init; } = static (_, _) => false;

    /// <summary>Runs an activity.</summary>
    public Func<Publication, Task> Publish { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Where entities look up what explains a flow.</summary>
    public JournalStore Journal { get; init; } = new();

    /// <summary>On how many hosts programs were seen.</summary>
    public IPrevalenceStore Prevalence { get; init; } = new PrevalenceStore();

    /// <summary>Lists entities.</summary>
    public DurableClient? Client { get; init; }

    /// <summary>Where the version that judged is noted.</summary>
    public ISettingsStore? Settings { get; init; }

    /// <summary>What it goes on with as a new run.</summary>
    public object? NextRun { get; private set; }

    /// <summary>What was started to look again.</summary>
    public List<LookAgainRequest> Again { get; } = [];

    /// <summary>Happens between the look at entities and the calls.</summary>
    public Action<OrchestrationContext>? AfterListing { get; init; }

    /// <summary>What was given up.</summary>
    public List<Undelivered> GivenUp { get; } = [];

    /// <summary>How often what is left of entities was to be removed.</summary>
    public int Cleaned { get; private set; }

    public List<EntityInstanceId> Calls { get; } = [];

    public List<TimeSpan> Waits { get; } = [];

    public List<(string Name, Publication Input, TaskOptions? Options)> Activities { get; } = [];

    public override TaskName Name => "BatchOrchestration";

    public override string InstanceId => Id;

    /// <summary>The id it runs under.</summary>
    public string Id { get; init; } = "test";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => DateTime.UnixEpoch;

    public override bool IsReplaying => false;

    public override TaskOrchestrationEntityFeature Entities => new Feature(this, entities);

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T GetInput<T>() => EntityHost.Crossed((T)input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is JournalQuestions asked)
        {
            BatchPart found = await new FindInJournal(Journal, Prevalence).RunAsync(EntityHost.Crossed(asked), TestContext.Current.CancellationToken);
            return (TResult)(object)EntityHost.Crossed(found);
        }

        if (input is PrevalenceFacts words)
        {
            try
            {
                // Written twice, as it is when a worker dies after the first time.
                await new KeepPrevalence(Prevalence, new(TimeProvider.System)).RunAsync(EntityHost.Crossed(words), TestContext.Current.CancellationToken);
                await new KeepPrevalence(Prevalence, new(TimeProvider.System)).RunAsync(EntityHost.Crossed(words), TestContext.Current.CancellationToken);
                return default!;
            }
            catch (RequestFailedException exception)
            {
                // As the runtime says it once it has tried often enough.
                throw new TaskFailedException(name.Name, 1, exception);
            }
        }

        if (input is ListOpenEntitiesInput page)
        {
            OpenEntities open = await new ListOpenEntities(NullLogger<ListOpenEntities>.Instance).RunAsync(
                EntityHost.Crossed(page), Client!, TestContext.Current.CancellationToken);
            return (TResult)(object)EntityHost.Crossed(open);
        }

        if (name.Name == nameof(NoteJudgedVersion))
        {
            await new NoteJudgedVersion(Settings!).RunAsync((string)input!, TestContext.Current.CancellationToken);
            return default!;
        }

        if (input is Undelivered undelivered)
        {
            GivenUp.Add(EntityHost.Crossed(undelivered));
            return default!;
        }

        if (input is Expiry expiry)
        {
            IdlePage idle = await new ListIdleEntities(NullLogger<ListIdleEntities>.Instance)
                .RunAsync(EntityHost.Crossed(expiry), Client!, TestContext.Current.CancellationToken);
            AfterListing?.Invoke(this);
            return (TResult)(object)EntityHost.Crossed(idle);
        }

        if (name.Name == nameof(CleanEntities))
        {
            Cleaned++;
            return default!;
        }

        if (input is LookAgainRequest again)
        {
            Again.Add(EntityHost.Crossed(again));
            return default!;
        }

        Publication publication = EntityHost.Crossed(Assert.IsType<Publication>(input));
        Activities.Add((name.Name, publication, options));
        await Publish(publication);
        return default!;
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Waits.Add(fireAt - CurrentUtcDateTime);
        return Task.CompletedTask;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => NextRun = newInput;

    public override Guid NewGuid() => throw new NotSupportedException("An orchestration here needs no random ids.");

    private sealed class Feature(OrchestrationContext context, EntityHost entities) : TaskOrchestrationEntityFeature
    {
        public override async Task<TResult> CallEntityAsync<TResult>(
            EntityInstanceId id, string operationName, object? input = null, CallEntityOptions? options = null)
        {
            context.Calls.Add(id);
            if (context.Fails(id, context.Calls.Count(call => call == id)))
            {
                throw Failed("The worker died.");
            }

            try
            {
                return (await entities.CallAsync<TResult>(id, operationName, input))!;
            }
            catch (InvalidOperationException exception)
            {
                // An operation that throws fails its call.
                throw Failed(exception.Message);
            }

            EntityOperationFailedException Failed(string message) =>
                new(id, operationName, new TaskFailureDetails("Worker", message, null, null, null));
        }

        public override Task CallEntityAsync(EntityInstanceId id, string operationName, object? input = null, CallEntityOptions? options = null) =>
            throw new NotSupportedException();

        public override Task SignalEntityAsync(EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null) =>
            throw new NotSupportedException("A signal in flight is lost when the worker dies.");

        public override Task<IAsyncDisposable> LockEntitiesAsync(IEnumerable<EntityInstanceId> entityIds) => throw new NotSupportedException();

        public override bool InCriticalSection([NotNullWhen(true)] out IReadOnlyList<EntityInstanceId>? entityIds)
        {
            entityIds = null;
            return false;
        }
    }
}
