using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CipherWatch.DeliveryWorker;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>A worker process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>What a process that was killed exits with.</summary>
    private const int Killed = 128 + 9;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private WorkerProcess(Process process, WorkerOptions options)
    {
        _process = process;
        Options = options;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it was told.</summary>
    public WorkerOptions Options { get; }

    /// <summary>Whether it is gone.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Whether it was killed, by itself or by the test, and did not fail.</summary>
    public bool WasKilled => _process.HasExited && _process.ExitCode == Killed;

    /// <summary>What it wrote.</summary>
    public IEnumerable<string> Output => _output;

    /// <summary>Where it takes telemetry over HTTP; null before it listens, and when it is gone.</summary>
    public Uri? Ingest => !HasExited
        && _output.FirstOrDefault(line => line.StartsWith(IngestServer.Announced, StringComparison.Ordinal)) is { } line
            ? new(line[IngestServer.Announced.Length..]) : null;

    /// <summary>Processor time it has used.</summary>
    public TimeSpan ProcessorTime => _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;

    /// <summary>Operations that entities were called with in it so far.</summary>
    public async Task<long> EntityCallsAsync(CancellationToken stop)
    {
        using HttpClient http = new();
        return Ingest is { } address
            ? long.Parse(await http.GetStringAsync(new Uri(address, IngestServer.Calls), stop), CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>Starts one.</summary>
    public static WorkerProcess Start(WorkerOptions options)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(typeof(WorkerOptions).Assembly.Location);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in options.ToEnvironment())
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, options);
    }

    /// <summary>Takes it away.</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
