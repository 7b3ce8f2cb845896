using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CipherWatch.Sinks.Tests.Tables;

/// <summary>An emulator of Table storage of its own: on a free port, in a temporary folder, gone at the end.</summary>
public class AzuriteFixture : IAsyncLifetime
{
    /// <summary>The emulator's published account and key, the same everywhere.</summary>
    private const string Account = "devstoreaccount1";

    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int Attempts = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly string _service;
    private readonly string _data = Directory.CreateTempSubdirectory("cipherwatch-azurite-").FullName;
    private Process? _process;
    private string? _reason;

    /// <summary>One of Table storage.</summary>
    public AzuriteFixture()
        : this("table")
    {
    }

    /// <summary>One of a service: blob or table.</summary>
    protected AzuriteFixture(string service) => _service = service;

    /// <summary>How to reach it; skips the test, with the reason, where it could not be started.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_reason is not null, _reason ?? string.Empty);
            return field;
        }

        private set;
    }

    = string.Empty;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        (string? folder, _reason) = AzuriteInstall.Ensure();
        for (int attempt = 1; folder is not null && _process is null && attempt <= Attempts; attempt++)
        {
            // Another program can take a port between its being found free and its being used.
            _reason = await TryStartAsync(folder, FreePort());
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_data, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string?> TryStartAsync(string folder, int port)
    {
        ProcessStartInfo start = new(AzuriteInstall.Find("node")!)
        {
            WorkingDirectory = _data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string number = port.ToString(CultureInfo.InvariantCulture);
        string main = Path.Join(folder, "node_modules", "azurite", "dist", "src", _service, "main.js");
        foreach (string argument in (string[])
            [
                main, $"--{_service}Host", "127.0.0.1", $"--{_service}Port", number, "--location", _data, "--silent", "--disableTelemetry",
                "--skipApiVersionCheck",
            ])
        {
            start.ArgumentList.Add(argument);
        }

        TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            // The blob service says that it listens, the table service that it started.
            if (line.Data is { } text && (text.Contains("successfully started", StringComparison.Ordinal)
                || text.Contains("successfully listens", StringComparison.Ordinal)))
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
        string endpoint = $"{char.ToUpperInvariant(_service[0])}{_service[1..]}Endpoint=http://127.0.0.1:{number}/{Account};";
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};{endpoint}";
        return null;
    }
}
