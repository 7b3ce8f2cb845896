using System.Globalization;
using CipherWatch.Delivery.Tests.Faults;
using CipherWatch.DeliveryWorker;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Orchestrations;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>
/// Batches delivered by worker processes over storage, while workers die and storage fails: until every batch is taken, every death
/// has happened and every orchestration has ended.
/// </summary>
internal sealed class DeliveryRun : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private readonly RunPlan _plan;
    private readonly string _folder = Directory.CreateTempSubdirectory("cipherwatch-hub-").FullName;
    private readonly StorageProxy _proxy;
    private readonly HubWriter _hub;
    private readonly IngestClients _clients;
    private readonly AzureStorageOrchestrationService _service;
    private readonly List<WorkerProcess> _all = [];
    private readonly Queue<PlannedDeath> _deaths;
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private WorkerOptions _options;
    private WorkerProcess[] _workers = [];
    private int _killed;

    private DeliveryRun(RunPlan plan, StorageProxy proxy, string storage, string name)
    {
        _plan = plan;
        _proxy = proxy;
        _deaths = new(plan.Deaths);
        _hub = new(_folder, plan);
        _options = new(
            string.Empty, StorageEmulator.ConnectionString(proxy.Ports), name, name + "Detections", _folder, null, plan.LostOperations, plan.Sabotage,
            plan.Settings, plan.FormerStates);
        _clients = new(plan.Posts, () => [.. _workers.Select(worker => worker.Ingest).OfType<Uri>()]);
        _service = Backend.Connect(storage, name, "test");
        Storage = storage;
        Client = new(_service, new JsonDataConverter(FactsSerializer.Options), new(null));
    }

    /// <summary>How to reach the storage, past the proxy.</summary>
    public string Storage { get; }

    /// <summary>Name of the table that detections are in.</summary>
    public string Table => _options.Table;

    /// <summary>Workers that died.</summary>
    public int Died { get; private set; }

    /// <summary>Requests to the storage, by service and verb.</summary>
    public IReadOnlyDictionary<string, int> Requests => _proxy.Requests;

    /// <summary>Processor time of the workers that are left at the end.</summary>
    public TimeSpan ProcessorTime { get; private set; }

    /// <summary>Operations that entities were called with, in the workers that are left at the end.</summary>
    public long EntityCalls { get; private set; }

    /// <summary>Batches that were taken.</summary>
    public int Batches => _hub.Taken;

    /// <summary>What the app counted of what clients posted, by the names of its answers.</summary>
    public IReadOnlyDictionary<string, long> Posted => _clients.Counts;

    /// <summary>The durable client, past the proxy.</summary>
    public BackendClient Client { get; }

    /// <summary>Goes through a plan.</summary>
    /// <param name="emulator">The storage.</param>
    /// <param name="name">A name for the task hub, letters and digits.</param>
    /// <param name="plan">What is delivered, and what goes wrong.</param>
    public static async Task<DeliveryRun> GoAsync(StorageEmulator emulator, string name, RunPlan plan)
    {
        StorageProxy proxy = await StorageProxy.StartAsync(emulator.Ports, plan.Faults);
        DeliveryRun run = new(plan, proxy, StorageEmulator.ConnectionString(emulator.Ports), name);
        try
        {
            await run._service.CreateIfNotExistsAsync();
            await run.DeliverAsync();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts workers of the app as it is now in the place of all: of a later version, or with settings as they are by now.</summary>
    public void Replace()
    {
        _options = _options with { FormerStates = string.Empty };
        Array.ForEach(_workers, worker => worker.Kill());

        _workers = [.. Enumerable.Range(0, _plan.Workers).Select(Next)];
    }

    /// <summary>Waits until every orchestration has ended.</summary>
    public async Task UntilAllEndedAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(Look);
        while ((await OpenAsync(stop)).Count > 0)
        {
            await timer.WaitForNextTickAsync(stop);
            Tend();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _clients.Dispose();
        _all.ForEach(worker => worker.Dispose());
        await _proxy.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task DeliverAsync()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_plan.Limit);
        try
        {
            _workers = [.. Enumerable.Range(0, _plan.Workers).Select(Next)];
            Task posting = _clients.RunAsync(limit.Token);
            using PeriodicTimer timer = new(Look);
            while (!posting.IsCompleted || !await IsDoneAsync(limit.Token))
            {
                await timer.WaitForNextTickAsync(limit.Token);
                Tend();
                if (!posting.IsCompleted)
                {
                    Report(-1);
                }
            }

            await posting;
            if (_plan.Looks)
            {
                await LookAtTheEndAsync(limit.Token);
            }

            foreach (WorkerProcess worker in _workers)
            {
                ProcessorTime += worker.ProcessorTime;
                EntityCalls += await worker.EntityCallsAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            List<string> open = await OpenAsync(TestContext.Current.CancellationToken);
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"""
                After {_plan.Limit}: {_hub.Taken} of {_hub.Written} batches and {_clients.Taken} of {_plan.Posts.Count} posts taken, {Died} workers died, {open.Count} still open:
                {string.Join('\n', open.Take(10))}
                {string.Join('\n', _all.SelectMany(worker => worker.Output).TakeLast(20))}
                """));
        }
    }

    /// <summary>Puts another worker in the place of each that died, and kills one where the plan says so.</summary>
    private void Tend()
    {
        for (int index = 0; index < _workers.Length; index++)
        {
            if (_workers[index].HasExited)
            {
                Assert.True(_workers[index].WasKilled, string.Join('\n', _workers[index].Output));
                Died++;
                _workers[index] = Next(index);
            }
        }

        // Every so many batches, whatever they are at.
        int due = Math.Min(_plan.Kills, (_hub.Taken + _clients.Taken) / 4);
        if (_killed < due)
        {
            // What it was to die of, another one does.
            WorkerProcess worker = _workers[_killed++ % _workers.Length];
            worker.Kill();
            if (worker.Options.Death is { } death)
            {
                _deaths.Enqueue(death);
            }
        }
    }

    /// <summary>Says how far it is, where somebody watches: <c>DELIVERY_PROGRESS</c> names a file.</summary>
    private void Report(int open)
    {
        if (Environment.GetEnvironmentVariable("DELIVERY_PROGRESS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, string.Create(
                CultureInfo.InvariantCulture,
                $"{_clock.Elapsed.TotalSeconds:0} s: {_hub.Taken} of {_hub.Written} batches and {_clients.Taken} of {_plan.Posts.Count} posts taken, {Died} died, {open} orchestrations open, workers {string.Join(' ', _workers.Select(worker => worker.Options.Death?.ToString() ?? "-"))}\n"));
            File.WriteAllLines(file + ".out", _all.SelectMany(worker => worker.Output));
        }
    }

    private WorkerProcess Next(int place)
    {
        WorkerProcess worker = WorkerProcess.Start(_options with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"worker-{place}"),
            Death = _deaths.TryDequeue(out PlannedDeath? death) ? death : null,
        });
        _all.Add(worker);
        return worker;
    }

    private async Task<bool> IsDoneAsync(CancellationToken stop)
    {
        if (_hub.Taken < _hub.Written)
        {
            Report(-1);
            return false;
        }

        if (Died < _plan.Deaths.Count + _plan.Kills)
        {
            // More work to die at: what was delivered, once more. Who is to die at a start waits for a batch, whatever is under way.
            bool waits = _workers.Any(worker => worker.Options.Death?.Place is DeathPlace.BeforeStart or DeathPlace.AfterStart);
            if (waits || (await OpenAsync(stop)).Count == 0)
            {
                _hub.Again();
            }

            return false;
        }

        return (await OpenAsync(stop)).Count == 0;
    }

    private async Task<List<string>> OpenAsync(CancellationToken stop)
    {
        List<string> open = await OpenOrchestrations.ListAsync(Client, stop);
        Report(open.Count);
        return open;
    }

    /// <summary>The look of a day later, brought forward: what explains a flow may have been read after it in another partition.</summary>
    private async Task LookAtTheEndAsync(CancellationToken stop)
    {
        DurableTask.Core.Query.OrchestrationQueryResult looked = await _service.GetOrchestrationWithQueryAsync(
            new() { PageSize = int.MaxValue, FetchInputsAndOutputs = true, ExcludeEntities = true }, stop);
        JsonDataConverter converter = new(FactsSerializer.Options);
        int number = 0;
        foreach (OrchestrationState instance in looked.OrchestrationState.Where(state => state.Name == nameof(LookAgainOrchestration)))
        {
            LookAgain again = converter.Deserialize<LookAgain>(instance.Input)! with { Waits = [TimeSpan.Zero] };
            await Client.ScheduleNewOrchestrationInstanceAsync(
                nameof(LookAgainOrchestration), again,
                new StartOrchestrationOptions(string.Create(CultureInfo.InvariantCulture, $"last-look-{number++}")), stop);
        }

        await UntilAllEndedAsync(stop);
    }
}
