using CipherWatch.Core.Pipeline;
using CipherWatch.DeliveryWorker;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Settings;
using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Entities.OperationFormat;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

WorkerOptions options = WorkerOptions.FromEnvironment();
FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([]);
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["CIPHERWATCH_STORAGE"] = options.Storage,
    ["CIPHERWATCH_TABLE"] = options.Table,
    ["CIPHERWATCH_SETTINGS"] = options.Settings,
    ["CIPHERWATCH_HTTP_ACCESS"] = "open",
});
builder.Logging.ClearProviders();
builder.AddCipherWatch();
if (options.Sabotage == Sabotage.UnkeyedDetections)
{
    ServiceDescriptor sink = builder.Services.Single(service => service.ServiceType == typeof(IDetectionSink));
    builder.Services.Remove(sink);
    builder.Services.AddSingleton<IDetectionSink>(new UnkeyedSink((IDetectionSink)sink.ImplementationInstance!));
}

// In the app the last is a day later; the test brings that one forward.
builder.Services.AddSingleton(new LookAgainWaits([TimeSpan.FromSeconds(2)]));
builder.Services.AddSingleton(new InFlightLimits(4, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(300)));
ServiceProvider services = builder.Services.BuildServiceProvider();
await ActivatorUtilities.CreateInstance<SettingsPoll>(services).StartAsync(CancellationToken.None);

JsonDataConverter converter = new(FactsSerializer.Options);
Reaper reaper = new(options.Death);
AzureStorageOrchestrationService service = Backend.Connect(options.Storage, options.TaskHub, options.Name);
BackendClient client = new(service, converter, reaper);
DurableTaskShimFactory shims = new(new DurableTaskWorkerOptions { DataConverter = converter, EnableEntitySupport = true });
AppObjects app = new(services, client, shims, reaper, options);
TaskHubWorker worker = new(
    service,
    new ByName<TaskOrchestration>(app.Orchestration),
    new ByName<TaskActivity>(app.Activity),
    new ByName<DurableTask.Core.Entities.TaskEntity>(app.Entity),
    Backend.Log)
{
    ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
};
int batches = 0;
worker.AddEntityDispatcherMiddleware(async (context, next) =>
{
    // What the Functions host does when the worker dies with a batch of operations: they fail, and its state stays as it was.
    if (options.LostOperations > 0 && Interlocked.Increment(ref batches) % options.LostOperations == 0)
    {
        context.SetProperty(new EntityBatchResult
        {
            Results = [],
            Actions = [],
            EntityState = context.GetProperty<EntityBatchRequest>().EntityState,
            FailureDetails = new("WorkerLost", "The worker process exited.", null, null, isNonRetriable: true),
        });
        return;
    }

    await next();
});

while (true)
{
    try
    {
        await worker.StartAsync();
        break;
    }
    catch (Exception exception)
    {
        // The storage may be away just now.
        Console.WriteLine($"start: {exception.GetType().Name}: {exception.Message}");
        await Task.Delay(TimeSpan.FromMilliseconds(500));
    }
}

Console.WriteLine("started");
Console.WriteLine(IngestServer.Announced + await IngestServer.StartAsync(services, client));
await new HubReader(services.GetRequiredService<BatchHandler>(), client, options.Events).RunAsync(CancellationToken.None);
