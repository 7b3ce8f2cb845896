using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CipherWatch.Sinks.Tests.Tables;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>A storage emulator with blobs, queues and tables, in memory, on free ports, for all tests here.</summary>
public sealed class StorageEmulator : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int Attempts = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly string _data = Directory.CreateTempSubdirectory("cipherwatch-delivery-").FullName;
    private Process? _process;
    private string? _reason;

    /// <summary>Ports of blobs, queues and tables; skips the test, with the reason, where it could not be started.</summary>
    internal IReadOnlyList<int> Ports
    {
        get
        {
            Assert.SkipWhen(_reason is not null, _reason ?? string.Empty);
            return field;
        }

        private set;
    }

    = [];

    /// <summary>How to reach storage on three ports.</summary>
    internal static string ConnectionString(IReadOnlyList<int> ports) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{ports[0]}/{Account};QueueEndpoint=http://127.0.0.1:{ports[1]}/{Account};TableEndpoint=http://127.0.0.1:{ports[2]}/{Account};");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        (string? folder, _reason) = AzuriteInstall.Ensure();
        for (int attempt = 1; folder is not null && _process is null && attempt <= Attempts; attempt++)
        {
            _reason = await TryStartAsync(folder, FreePorts());
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_data, recursive: true);
    }

    private static int[] FreePorts()
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 3).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }

    private async Task<string?> TryStartAsync(string folder, int[] ports)
    {
        ProcessStartInfo start = new(AzuriteInstall.Find("node")!)
        {
            WorkingDirectory = _data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] numbers = [.. ports.Select(port => port.ToString(CultureInfo.InvariantCulture))];
        string main = Path.Join(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        foreach (string argument in (string[])
            [
                main, "--blobHost", "127.0.0.1", "--blobPort", numbers[0], "--queueHost", "127.0.0.1", "--queuePort", numbers[1],
                "--tableHost", "127.0.0.1", "--tablePort", numbers[2], "--inMemoryPersistence", "--silent", "--disableTelemetry",
                "--skipApiVersionCheck",
            ])
        {
            start.ArgumentList.Add(argument);
        }

        int up = 0;
        TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("successfully ", StringComparison.Ordinal) is true && Interlocked.Increment(ref up) == ports.Length)
            {
                started.TrySetResult(true);
            }
        };
        process.Exited += (_, _) => started.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource limit = new(StartLimit);
        using CancellationTokenRegistration late = limit.Token.Register(() => started.TrySetResult(false));
        if (!await started.Task)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            return "Azurite did not start.";
        }

        _process = process;
        Ports = ports;
        return null;
    }
}
