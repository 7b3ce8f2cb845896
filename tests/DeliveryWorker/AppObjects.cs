using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Activities;
using DurableTask.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using CoreEntity = DurableTask.Core.Entities.TaskEntity;

namespace CipherWatch.DeliveryWorker;

/// <summary>
/// The app's orchestrations, activities and entities by name, as its attributes say: what the Functions host learns from the worker.
/// </summary>
internal sealed class AppObjects(
    IServiceProvider services, DurableTaskClient client, DurableTaskShimFactory shims, Reaper reaper, WorkerOptions options)
{
    private static readonly MethodInfo[] Functions =
    [
        .. typeof(PublishDetections).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null),
    ];

    private static long _entityCalls;

    /// <summary>Operations that entities were called with in this process.</summary>
    public static long EntityCalls => Interlocked.Read(ref _entityCalls);

    /// <summary>The orchestration with a name.</summary>
    public TaskOrchestration? Orchestration(string name) => Find<OrchestrationTriggerAttribute>(name) is not { } method ? null
        : shims.CreateOrchestration(name, new Orchestrator(method, reaper, options.Sabotage), new Dictionary<string, object?>());

    /// <summary>The activity with a name.</summary>
    public TaskActivity? Activity(string name) => Find<ActivityTriggerAttribute>(name) is not { } method ? null
        : shims.CreateActivity(name, new AppActivity(method, services, client, reaper));

    /// <summary>The entity with a name.</summary>
    public CoreEntity? Entity(string name) => Find<EntityTriggerAttribute>(name) is not { } method ? null
        : shims.CreateEntity(
            name,
            options.FormerStates.Length > 0 ? new FormerEntity(options.FormerStates)
                : new AppEntity((ITaskEntity)ActivatorUtilities.CreateInstance(services, method.DeclaringType!), reaper),
            new(name.ToLowerInvariant(), string.Empty));

    private static MethodInfo? Find<TTrigger>(string name)
        where TTrigger : Attribute => Array.Find(Functions, method
            => name.Equals(method.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparison.OrdinalIgnoreCase)
            && method.GetParameters() is [var first, ..] && first.GetCustomAttribute<TTrigger>() is not null);

    private static async Task<object?> InvokeAsync(MethodInfo method, object? target, object?[] arguments)
    {
        try
        {
            Task task = (Task)method.Invoke(target, arguments)!;
            await task;
            return method.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private sealed class Orchestrator(MethodInfo method, Reaper reaper, Sabotage sabotage) : ITaskOrchestrator
    {
        public Type InputType => typeof(object);

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
        {
            reaper.Pass(DeathPlace.InOrchestration);
            return InvokeAsync(method, null, [new DecoratedContext(context, sabotage)]);
        }
    }

    private sealed class AppActivity(MethodInfo method, IServiceProvider services, DurableTaskClient client, Reaper reaper) : ITaskActivity
    {
        public Type InputType => method.GetParameters()[0].ParameterType;

        public Type OutputType => method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : typeof(object);

        public async Task<object?> RunAsync(TaskActivityContext context, object? input)
        {
            bool publishes = method.DeclaringType == typeof(PublishDetections);
            if (publishes)
            {
                reaper.Pass(DeathPlace.BeforePublishing);
            }

            object?[] arguments = [.. method.GetParameters().Select((parameter, index) => index == 0 ? input
                : parameter.ParameterType == typeof(DurableTaskClient) ? client
                : parameter.ParameterType == typeof(CancellationToken) ? (object)CancellationToken.None
                : throw new NotSupportedException($"{method.DeclaringType}: {parameter}"))];
            object? target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
            object? answer = await InvokeAsync(method, target, arguments);
            if (publishes)
            {
                reaper.Pass(DeathPlace.AfterPublishing);
            }

            return answer;
        }
    }

    /// <summary>An earlier version of the app: what it stores is on record.</summary>
    private sealed class FormerEntity(string folder) : ITaskEntity
    {
        public ValueTask<object?> RunAsync(TaskEntityOperation operation)
        {
            string kind = operation.Context.Id.Name.Replace("entity", string.Empty, StringComparison.OrdinalIgnoreCase);
            operation.State.SetState(JsonElement.Parse(File.ReadAllText(Path.Join(folder, kind.ToLowerInvariant() + ".json"))));
            return new(new EntityAnswer([], []));
        }
    }

    private sealed class AppEntity(ITaskEntity entity, Reaper reaper) : ITaskEntity
    {
        public async ValueTask<object?> RunAsync(TaskEntityOperation operation)
        {
            Interlocked.Increment(ref _entityCalls);
            reaper.Pass(DeathPlace.BeforeOperation);
            object? answer = await entity.RunAsync(operation);
            reaper.Pass(DeathPlace.AfterOperation);
            return answer;
        }
    }
}

/// <summary>Objects by name alone.</summary>
internal sealed class ByName<T>(Func<string, T?> find) : INameVersionObjectManager<T>
    where T : class
{
    /// <inheritdoc/>
    public void Add(ObjectCreator<T> creator) => throw new NotSupportedException();

    /// <inheritdoc/>
    public T? GetObject(string name, string? version) => find(name);
}
