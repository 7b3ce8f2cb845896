namespace CipherWatch.Functions.Hosting;

/// <summary>The application settings that the app reads, by name. Each is described in <c>docs/deploy.md</c>.</summary>
internal static class AppSettings
{
    /// <summary>Event hub of Windows telemetry.</summary>
    public const string WindowsHub = "%WINDOWS_HUB%";

    /// <summary>Event hub of Linux telemetry.</summary>
    public const string LinuxHub = "%LINUX_HUB%";

    /// <summary>Event hub of macOS telemetry.</summary>
    public const string MacOsHub = "%MACOS_HUB%";

    /// <summary>Event hub of ESXi telemetry.</summary>
    public const string EsxiHub = "%ESXI_HUB%";

    /// <summary>Event hub of network telemetry.</summary>
    public const string NetworkHub = "%NETWORK_HUB%";

    /// <summary>Event hub of payload samples.</summary>
    public const string PayloadSampleHub = "%PAYLOAD_SAMPLE_HUB%";

    /// <summary>Event hub of Windows telemetry that a workspace exports.</summary>
    public const string WindowsExportHub = "%WINDOWS_EXPORT_HUB%";

    /// <summary>Event hub of Linux telemetry that a workspace exports.</summary>
    public const string LinuxExportHub = "%LINUX_EXPORT_HUB%";

    /// <summary>Consumer group on all hubs.</summary>
    public const string ConsumerGroup = "%CONSUMER_GROUP%";

    /// <summary>
    /// Prefix of the connection to the shippers' namespace: an identity and a namespace, or a connection string for the emulator.
    /// </summary>
    public const string EventHubConnection = "EventHubConnection";

    /// <summary>The same for the namespace that a workspace exports to.</summary>
    public const string ExportHubConnection = "ExportHubConnection";

    /// <summary>Detection settings: a file, or the URI of a blob; empty for the shipped ones.</summary>
    public const string Settings = "CIPHERWATCH_SETTINGS";

    /// <summary>Table that detections are published to.</summary>
    public const string Table = "CIPHERWATCH_TABLE";

    /// <summary>Storage of detections and dead letters, as a connection string: Azurite only. Else the two URIs below.</summary>
    public const string Storage = "CIPHERWATCH_STORAGE";

    /// <summary>Table endpoint of that storage, reached by identity.</summary>
    public const string TableServiceUri = "CIPHERWATCH_STORAGE__tableServiceUri";

    /// <summary>Blob endpoint of that storage, reached by identity.</summary>
    public const string BlobServiceUri = "CIPHERWATCH_STORAGE__blobServiceUri";

    /// <summary>Client id of the user-assigned identity; empty for the system-assigned one, or a developer's own.</summary>
    public const string ClientId = "CIPHERWATCH_STORAGE__clientId";

    /// <summary>Ingestion endpoint of the collection rule; empty where detections go to no workspace.</summary>
    public const string LogsEndpoint = "CIPHERWATCH_LOGS__endpoint";

    /// <summary>Immutable id of the collection rule.</summary>
    public const string LogsRuleId = "CIPHERWATCH_LOGS__ruleId";

    /// <summary>Stream of the collection rule.</summary>
    public const string LogsStream = "CIPHERWATCH_LOGS__stream";

    /// <summary>Client id of the user-assigned identity that writes there; empty as for the storage.</summary>
    public const string LogsClientId = "CIPHERWATCH_LOGS__clientId";

    /// <summary>Blob container of dead letters.</summary>
    public const string DeadLetters = "CIPHERWATCH_DEAD_LETTERS";

    /// <summary>Days that rows of detections are kept.</summary>
    public const string DetectionDays = "CIPHERWATCH_DETECTION_DAYS";

    /// <summary>Days that the history of finished orchestrations is kept.</summary>
    public const string HistoryDays = "CIPHERWATCH_HISTORY_DAYS";

    /// <summary>
    /// Who may call the HTTP functions: <c>entra</c> (whoever App Service has signed in), or <c>open</c> on a developer's machine.
    /// </summary>
    public const string HttpAccess = "CIPHERWATCH_HTTP_ACCESS";

    /// <summary>Whether function keys let telemetry in besides, at <c>/api/keyed/ingest</c>.</summary>
    public const string HttpKeys = "CIPHERWATCH_HTTP_KEYS";

    /// <summary>What becomes of command lines on their way to sinks: <c>keep</c>, <c>redact</c>, <c>leave-out</c>.</summary>
    public const string CommandLines = "CIPHERWATCH_COMMAND_LINES";

    /// <summary>What becomes of the bytes of dead letters: <c>keep</c>, <c>leave-out</c>.</summary>
    public const string DeadLetterBytes = "CIPHERWATCH_DEAD_LETTER_BYTES";

    /// <summary>What was deployed: version and hash of the release's package, or <c>checkout</c>.</summary>
    public const string Release = "CIPHERWATCH_RELEASE";
}
