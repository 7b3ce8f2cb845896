using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Rejudging;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CipherWatch.DeliveryWorker;

/// <summary>An orchestration's context as the Functions worker hands it on: its input is read as what is asked for.</summary>
internal sealed class DecoratedContext(TaskOrchestrationContext inner, Sabotage sabotage) : TaskOrchestrationContext
{
    private readonly HashSet<EntityFacts> _signalled = new(ReferenceEqualityComparer.Instance);

    public override TaskName Name => inner.Name;

    public override string InstanceId => inner.InstanceId;

    public override ParentOrchestrationInstance? Parent => inner.Parent;

    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    public override bool IsReplaying => inner.IsReplaying;

    public override TaskOrchestrationEntityFeature Entities =>
        sabotage == Sabotage.Signals ? new Signals(inner.Entities, _signalled) : inner.Entities;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T GetInput<T>() => inner.GetInput<object>() is JsonElement json ? json.Deserialize<T>(FactsSerializer.Options)! : default!;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        inner.CallActivityAsync<TResult>(name, input, options);

    /// <summary>Until every worker has read new settings again, a test does not wait: it puts new workers in the place of all.</summary>
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => inner.CreateTimer(
        inner.Name == nameof(RejudgeOrchestration) ? inner.CurrentUtcDateTime : fireAt, cancellationToken);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        inner.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) => inner.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus) => inner.SetCustomStatus(customStatus);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        inner.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        inner.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override Guid NewGuid() => inner.NewGuid();

    /// <summary>
    /// The app broken on purpose: facts go by a signal, which is lost when the worker dies with it, and the call that follows only asks.
    /// </summary>
    private sealed class Signals(TaskOrchestrationEntityFeature inner, HashSet<EntityFacts> signalled)
        : TaskOrchestrationEntityFeature
    {
        public override async Task<TResult> CallEntityAsync<TResult>(
            EntityInstanceId id, string operationName, object? input = null, CallEntityOptions? options = null)
        {
            EntityFacts operation = (EntityFacts)input!;
            if (signalled.Add(operation))
            {
                // Once: nobody learns that it was lost, and only the question is asked again.
                await inner.SignalEntityAsync(id, operationName, operation);
            }

            return await inner.CallEntityAsync<TResult>(
                id, operationName, operation with { Facts = operation.Kind.NothingOf(operation.Facts) }, options);
        }

        public override Task CallEntityAsync(
            EntityInstanceId id, string operationName, object? input = null, CallEntityOptions? options = null) =>
            throw new NotSupportedException();

        public override Task SignalEntityAsync(
            EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null) =>
            throw new NotSupportedException();

        public override Task<IAsyncDisposable> LockEntitiesAsync(IEnumerable<EntityInstanceId> entityIds) =>
            throw new NotSupportedException();

        public override bool InCriticalSection([NotNullWhen(true)] out IReadOnlyList<EntityInstanceId>? entityIds) =>
            inner.InCriticalSection(out entityIds);
    }
}
