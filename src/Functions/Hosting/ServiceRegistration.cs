using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CipherWatch.Core.Pipeline;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Health;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Journal;
using CipherWatch.Functions.Logs;
using CipherWatch.Functions.Prevalence;
using CipherWatch.Functions.Privacy;
using CipherWatch.Functions.Retention;
using CipherWatch.Functions.Settings;
using CipherWatch.Functions.Telemetry;
using CipherWatch.Functions.Triggers;
using CipherWatch.Sinks.LogAnalytics;
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
    private const int DefaultDetectionDays = 365;
    private const int MaxDetectionDays = 3_650;
    private const string FlowJournalTable = "flowjournal";
    private const string PrevalenceTable = "prevalence";

    /// <summary>Days that the journal's rows are kept: longer than they are read back.</summary>
    private const int JournalDays = 2;

    private const string HealthTable = "instancehealth";

    /// <summary>Adds everything that the functions need.</summary>
    public static void AddCipherWatch(this FunctionsApplicationBuilder builder)
    {
        IConfiguration configuration = builder.Configuration;
        IServiceCollection services = builder.Services;
        StorageClients storage = new(configuration);
        services.Configure<WorkerOptions>(worker => worker.Serializer = FactsSerializer.Instance);
        services.Configure<JsonSerializerOptions>(FactsSerializer.AddTo);
        services.AddSingleton(TimeProvider.System);
        services.AddTelemetry(configuration, storage.Credential);
        services.AddPrivacy(configuration);
        AddSettings(services, storage.Settings());
        AddSinks(services, configuration, storage);

        TableClient journal = storage.Table(FlowJournalTable);
        services.AddSingleton<IFlowJournal>(provider => new TableJournal(journal, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new KeptTable(journal, JournalDays));
        TableClient prevalence = storage.Table(PrevalenceTable);
        services.AddSingleton<IPrevalenceStore>(
            provider => new TablePrevalence(prevalence, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RecentWords>();
        services.AddSingleton(new KeptTable(prevalence, TablePrevalence.KeptDays));
        BlobContainerClient letters = storage.DeadLetters();
        bool withBytes = PrivacyRegistration.KeepsDeadLetterBytes(configuration);
        services.AddSingleton<IDeadLetterStore>(provider =>
            new BlobDeadLetters(letters, withBytes, provider.GetRequiredService<ILogger<BlobDeadLetters>>()));
        services.AddSingleton<IHealthStore>(new TableHealth(storage.Table(HealthTable)));
        services.AddSingleton<InstanceTally>();
        services.AddHostedService<HealthFlush>();
        services.AddSingleton(new Dependency("dead letters", stop => letters.ExistsAsync(stop)));
        services.AddSingleton(new Dependency("flow journal", stop => Probe.AnyRowAsync(journal, stop)));
        services.AddSingleton(new Dependency("prevalence", stop => Probe.AnyRowAsync(prevalence, stop)));

        services.AddDelivery(storage);
        services.AddSingleton<BatchHandler>();
        services.AddSingleton<EventBatch>();
        services.AddSingleton<LetterReplay>();
        services.AddSingleton<CallerCheck>();
    }

    private static void AddSettings(IServiceCollection services, ISettingsStore store)
    {
        services.AddSingleton(store);
        services.AddSingleton<LiveSettings>();
        services.AddHostedService<SettingsPoll>();

        // Asked for with each operation of an entity, so that it judges by what holds then.
        services.AddTransient(provider => provider.GetRequiredService<LiveSettings>().Current.Detection);
    }

    private static void AddSinks(IServiceCollection services, IConfiguration configuration, StorageClients storage)
    {
        TableClient table = storage.Table(configuration[AppSettings.Table] is { Length: > 0 } name ? name : TableName.Default);
        services.AddSingleton<IDetectionSink>(new TableSink(table));
        services.AddSingleton(new StoredDetections(table));
        services.AddSingleton(new KeptTable(table, int.TryParse(
            configuration[AppSettings.DetectionDays], NumberStyles.None, CultureInfo.InvariantCulture, out int days)
            ? Math.Clamp(days, 1, MaxDetectionDays)
            : DefaultDetectionDays));
        services.AddSingleton(new Dependency("detections", stop => Probe.AnyRowAsync(table, stop)));
        services.AddSingleton<PublishedRevisions>();
        if (StorageClients.Setting(configuration, AppSettings.LogsEndpoint) is { } endpoint)
        {
            LogsIngestionUploader uploader = LogsIngestionUploader.Create(
                new(endpoint),
                StorageClients.Required(configuration, AppSettings.LogsRuleId),
                StorageClients.Required(configuration, AppSettings.LogsStream),
                StorageClients.CredentialOf(configuration, AppSettings.LogsClientId));
            services.AddSingleton<IDetectionSink>(provider =>
                new LogAnalyticsSink(uploader, provider.GetRequiredService<TimeProvider>()));
        }
    }
}
