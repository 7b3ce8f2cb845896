using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CipherWatch.Core.Pipeline;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Tests.Hosting;

/// <summary>What the app logs and answers when its storage refuses it holds nothing of how it signs in.</summary>
public class SecretsTests
{
    private const string Key = "Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFy";
    private const string Signature = "c2lnbmF0dXJlLXNpZ25hdHVyZQ";

    [Fact]
    public async Task No_log_and_no_fault_holds_a_key()
    {
        using Refusing storage = new();
        Logs logs = new();
        await using ServiceProvider services = Services(logs, storage.Port);
        CancellationToken stop = TestContext.Current.CancellationToken;
        App app = new();
        await app.TriggerAsync([Fleet.Event("no record"u8.ToArray(), 1)]);
        List<string?> said = [];
        await Task.WhenAll(
            [
                .. services.GetServices<Dependency>().Select(async dependency => Add(await dependency.FaultAsync(TimeProvider.System, stop))),
                services.GetRequiredService<LiveSettings>().RefreshAsync(stop),
                .. services.GetServices<IDetectionSink>().Select(sink => FaultAsync(sink.PublishAsync([], stop))),
                FaultAsync(services.GetRequiredService<IDeadLetterStore>().KeepAsync("a.ndjson", app.Letters.Held, stop)),
            ]);

        Add(services.GetRequiredService<LiveSettings>().Status.Problem);
        Add(services.GetRequiredService<LiveSettings>().Status.Name);
        Assert.True(said.Count(text => text is not null) > 4);
        Assert.All(said.Concat(logs.Lines), text =>
        {
            Assert.DoesNotContain(Key, text ?? string.Empty, StringComparison.Ordinal);
            Assert.DoesNotContain("AccountKey", text ?? string.Empty, StringComparison.Ordinal);
        });

        async Task FaultAsync(Task task)
        {
            try
            {
                await task;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Add(exception.ToString());
            }
        }

        void Add(string? text)
        {
            lock (said)
            {
                said.Add(text);
            }
        }
    }

    [Fact]
    public void Settings_are_called_by_their_address_without_its_signature()
    {
        BlobSettings settings = BlobSettings.Of(new(new Uri($"https://a.blob.example/settings/cipherwatch.json?sv=2025&sig={Signature}")));
        Assert.Equal("https://a.blob.example/settings/cipherwatch.json", settings.Name);
    }

    private static ServiceProvider Services(Logs logs, int port)
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CIPHERWATCH_STORAGE"] = string.Create(
                CultureInfo.InvariantCulture,
                $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"),
            ["CIPHERWATCH_SETTINGS"] = "settings/cipherwatch.json",
        });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.AddCipherWatch();
        return builder.Services.BuildServiceProvider();
    }

    /// <summary>Storage that lets nobody in.</summary>
    private sealed class Refusing : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Refusing()
        {
            using (TcpListener free = new(IPAddress.Loopback, 0))
            {
                free.Start();
                Port = ((IPEndPoint)free.LocalEndpoint).Port;
            }

            _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));
            _listener.Start();
            _ = RefuseAsync();
        }

        public int Port { get; }

        public void Dispose() => _listener.Close();

        private async Task RefuseAsync()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
                    context.Response.Close();
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The test has ended.
            }
        }
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
