using CipherWatch.Core.Detections.Settings;
using CipherWatch.Functions.Entities;
using CipherWatch.Functions.Hosting;
using Google.Protobuf;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Entities;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Proto = Microsoft.DurableTask.Protobuf;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Entities run by the worker's own runner, on states and operations as they cross the wire.</summary>
internal sealed class EntityHost(Func<DetectionSettings> settings)
{
    private static readonly JsonDataConverter Converter = new(FactsSerializer.Options);
    private static readonly ServiceProvider Services = new ServiceCollection()
        .AddSingleton(new DurableTaskShimFactory(new DurableTaskWorkerOptions { DataConverter = Converter }, NullLoggerFactory.Instance))
        .BuildServiceProvider();

    /// <summary>Entities that judge by the same settings for ever.</summary>
    public EntityHost(DetectionSettings settings)
        : this(() => settings)
    {
    }

    private readonly Dictionary<string, string?> _states = new(StringComparer.Ordinal);

    /// <summary>States as they are stored, by entity id.</summary>
    public IReadOnlyDictionary<string, string?> States => _states;

    /// <summary>Operations run.</summary>
    public int Operations { get; private set; }

    /// <summary>Puts a state in its place.</summary>
    public void Store(EntityInstanceId id, string state) => _states[id.ToString()] = state;

    /// <summary>Runs one operation; null is no answer.</summary>
    public async Task<TAnswer?> CallAsync<TAnswer>(EntityInstanceId id, string operation, object? input)
    {
        Operations++;
        Proto.EntityBatchRequest request = new() { InstanceId = id.ToString(), EntityState = _states.GetValueOrDefault(id.ToString()) };
        request.Operations.Add(new Proto.OperationRequest
        {
            RequestId = new Guid(Operations, 0, 0, new byte[8]).ToString(),
            Operation = operation,
            Input = Converter.Serialize(input),
        });
        string encoded = await GrpcEntityRunner.LoadAndRunAsync(Convert.ToBase64String(request.ToByteArray()), Create(id), Services);
        Proto.EntityBatchResult result = Proto.EntityBatchResult.Parser.ParseFrom(Convert.FromBase64String(encoded));
        Proto.OperationResult answer = Assert.Single(result.Results);
        if (answer.Failure is { } failure)
        {
            throw new InvalidOperationException(failure.FailureDetails.ErrorMessage);
        }

        Assert.Empty(result.Actions);
        _states[id.ToString()] = result.EntityState;
        return (TAnswer?)Converter.Deserialize(answer.Success.Result, typeof(TAnswer));
    }

    /// <summary>A value as it crosses the wire and comes out.</summary>
    public static T Crossed<T>(T value) => (T)Converter.Deserialize(Converter.Serialize(value), typeof(T))!;

    private ITaskEntity Create(EntityInstanceId id) => id.Name switch
    {
        "processentity" => new ProcessEntity(settings()),
        "flowentity" => new FlowEntity(settings()),
        "auditentity" => new AuditEntity(settings()),
        "clockentity" => new ClockEntity(settings()),
        "channelentity" => new ChannelEntity(settings()),
        "attemptsentity" => new AttemptsEntity(settings()),
        _ => throw new ArgumentException($"No entity is called {id.Name}.", nameof(id)),
    };
}
