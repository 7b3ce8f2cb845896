using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Journal;
using CipherWatch.Functions.Orchestrations;
using CipherWatch.Functions.Triggers;
using CipherWatch.Sinks.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Hosting;

/// <summary>What the app is made of.</summary>
internal static class ServiceRegistration
{
    private const string DefaultContainer = "dead-letters";

    /// <summary>Adds everything that the functions need.</summary>
    public static void AddCipherWatch(this FunctionsApplicationBuilder builder)
    {
        ConfigurationManager configuration = builder.Configuration;
        Lazy<TokenCredential> credential = new(() => Credential(configuration));
        builder.Services.Configure<WorkerOptions>(worker => worker.Serializer = FactsSerializer.Instance);
        builder.Services.Configure<JsonSerializerOptions>(FactsSerializer.AddTo);
        builder.Services.AddSingleton(TimeProvider.System);

        // All of this now and not when the first event comes: an app with unusable settings is not to start.
        DetectionSettings settings = SettingsSource.Read(configuration[AppSettings.Settings], () => credential.Value);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new ModuleFilter(settings));
        builder.Services.AddSingleton(new FlowRoutes(settings));
        TableClient journal = Table(configuration, credential, "flowjournal");
        builder.Services.AddSingleton<IFlowJournal>(services => new TableJournal(journal, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IDetectionSink>(new TableSink(Table(configuration, credential)));
        BlobContainerClient container = Container(configuration, credential);
        builder.Services.AddSingleton<IDeadLetterStore>(services =>
            new BlobDeadLetters(container, services.GetRequiredService<ILogger<BlobDeadLetters>>()));
        builder.Services.AddSingleton(new LookAgainWaits(LookAgain.UsualWaits));
        builder.Services.AddSingleton<DatagramTemplates>();
        builder.Services.AddSingleton(InFlightLimits.Usual);
        builder.Services.AddSingleton<InFlight>();
        builder.Services.AddSingleton<BatchStarter>();
        builder.Services.AddSingleton<BatchHandler>();
        builder.Services.AddSingleton<EventBatch>();
    }

    private static TableClient Table(IConfiguration configuration, Lazy<TokenCredential> credential, string? name = null)
    {
        string table = name ?? Setting(configuration, AppSettings.Table) ?? TableName.Default;
        return TableName.Fault(table) is { } fault ? throw new InvalidOperationException($"{AppSettings.Table}: {fault}")
            : Address(configuration, AppSettings.TableServiceUri) is { } address ? new(address, table, credential.Value)
            : new(ConnectionString(configuration), table);
    }

    private static BlobContainerClient Container(IConfiguration configuration, Lazy<TokenCredential> credential)
    {
        string container = Setting(configuration, AppSettings.DeadLetters) ?? DefaultContainer;
        return Address(configuration, AppSettings.BlobServiceUri) is { } address
            ? new BlobServiceClient(address, credential.Value).GetBlobContainerClient(container)
            : new BlobServiceClient(ConnectionString(configuration)).GetBlobContainerClient(container);
    }

    private static DefaultAzureCredential Credential(IConfiguration configuration) => new(new DefaultAzureCredentialOptions
    {
        ManagedIdentityClientId = Setting(configuration, AppSettings.ClientId),
    });

    private static string ConnectionString(IConfiguration configuration) =>
        Setting(configuration, AppSettings.Storage) ?? throw new InvalidOperationException(
            $"Set {AppSettings.TableServiceUri} and {AppSettings.BlobServiceUri}, or {AppSettings.Storage} for Azurite: detections and dead letters go there.");

    private static Uri? Address(IConfiguration configuration, string name) => Setting(configuration, name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address
        : throw new InvalidOperationException($"{name} is no URI: {text}");

    /// <summary>A setting; null where it is empty. Two underscores in the name of a setting are a colon in its key.</summary>
    private static string? Setting(IConfiguration configuration, string name) =>
        configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } text ? text : null;
}
