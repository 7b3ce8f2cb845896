using CipherWatch.Core.Pipeline.Delivery;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Takes orchestrations to start; a test says when each has run.</summary>
internal sealed class DurableClient(EntityHost? entities = null) : DurableTaskClient("test")
{
    /// <summary>Orchestrations other than of batches that were started, with their ids.</summary>
    public List<(string Name, string Id)> Others { get; } = [];

    public override DurableEntityClient Entities => new EntityLister(entities ?? throw new NotSupportedException(), Unreadable)
    {
        IsAway = IsAway,
    };

    /// <summary>Whether storage is away when an entity is asked for by itself.</summary>
    public bool IsAway { get; set; }

    /// <summary>Entities whose state cannot be read from outside.</summary>
    public HashSet<string> Unreadable { get; } = new(StringComparer.Ordinal);

    /// <summary>What was started, in order, the same id as often as it was started.</summary>
    public List<(string Id, BatchPart Part)> Started { get; } = [];

    /// <summary>Instances there are.</summary>
    public Dictionary<string, OrchestrationRuntimeStatus> Statuses { get; } = new(StringComparer.Ordinal);

    /// <summary>Fails a start; true where the instance is there all the same.</summary>
    public Func<string, bool>? FailStart { get; set; }

    /// <summary>Instances that were purged, in order.</summary>
    public List<string> Purged { get; } = [];

    /// <summary>What instances were asked for by.</summary>
    public List<OrchestrationQuery> Queries { get; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        string id = Assert.IsType<string>(options?.InstanceId);
        if (options.DedupeStatuses is { } statuses)
        {
            // The backend terminates what runs in a status that is not named.
            Assert.All(
                [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended],
                status => Assert.Contains(status.ToString(), statuses));
            if (Statuses.TryGetValue(id, out OrchestrationRuntimeStatus known) && statuses.Contains(known.ToString()))
            {
                throw new OrchestrationAlreadyExistsException(id);
            }
        }

        if (orchestratorName.Name != "BatchOrchestration")
        {
            Others.Add((orchestratorName.Name, id));
            Statuses[id] = OrchestrationRuntimeStatus.Pending;
            return Task.FromResult(id);
        }

        if (FailStart is { } fails)
        {
            if (fails(id))
            {
                Statuses[id] = OrchestrationRuntimeStatus.Pending;
            }

            throw new InvalidOperationException("The backend is out.");
        }

        Started.Add((id, EntityHost.Crossed(Assert.IsType<BatchPart>(input))));
        Statuses[id] = OrchestrationRuntimeStatus.Pending;
        return Task.FromResult(id);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Statuses.TryGetValue(instanceId, out OrchestrationRuntimeStatus status)
            ? new OrchestrationMetadata("BatchOrchestration", instanceId) { RuntimeStatus = status }
            : null);

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        lock (Purged)
        {
            Purged.Add(instanceId);
        }

        return Task.FromResult(new PurgeResult(1));
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    /// <summary>Instances of the statuses asked for; the name is told by the id.</summary>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        Queries.Add(filter!);
        return Listed(filter);
    }

    private AsyncPageable<OrchestrationMetadata> Listed(OrchestrationQuery? filter) => Pageable.Create(
        (_, _, _) => Task.FromResult(new Microsoft.DurableTask.Page<OrchestrationMetadata>(
            [.. Statuses.Where(each => filter?.Statuses?.Contains(each.Value) != false).Select(each =>
                new OrchestrationMetadata(each.Key.EndsWith("-again", StringComparison.Ordinal) ? "LookAgainOrchestration" : "BatchOrchestration", each.Key))],
            null)));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
