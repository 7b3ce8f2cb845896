using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using CipherWatch.Functions.Settings;
using CipherWatch.Sinks.Tables;
using Microsoft.Extensions.Configuration;

namespace CipherWatch.Functions.Hosting;

/// <summary>Clients of the app's storage, by identity; by a connection string for Azurite only.</summary>
internal sealed class StorageClients(IConfiguration configuration)
{
    private const string DefaultContainer = "dead-letters";

    /// <summary>The app's identity.</summary>
    public Lazy<TokenCredential> Credential { get; } = new(() => CredentialOf(configuration, AppSettings.ClientId));

    /// <summary>The identity that a setting names; the environment's where it names none.</summary>
    public static TokenCredential CredentialOf(IConfiguration configuration, string clientId) => new DefaultAzureCredential(
        new DefaultAzureCredentialOptions { ManagedIdentityClientId = Setting(configuration, clientId) });

    /// <summary>A setting; null where it is empty. Two underscores in the name of a setting are a colon in its key.</summary>
    public static string? Setting(IConfiguration configuration, string name) =>
        configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } text ? text : null;

    /// <summary>A setting that another one makes necessary.</summary>
    /// <exception cref="InvalidOperationException">It is not set.</exception>
    public static string Required(IConfiguration configuration, string name) =>
        Setting(configuration, name) ?? throw new InvalidOperationException($"Set {name}: the settings beside it ask for it.");

    /// <summary>A table.</summary>
    /// <exception cref="InvalidOperationException">Its name is none, or no storage is set.</exception>
    public TableClient Table(string name) => TableName.Fault(name) is { } fault
        ? throw new InvalidOperationException($"{AppSettings.Table}: {fault}")
        : Address(AppSettings.TableServiceUri) is { } address ? new(address, name, Credential.Value)
        : new(ConnectionString(), name);

    /// <summary>The container of dead letters.</summary>
    public BlobContainerClient DeadLetters()
    {
        string container = Setting(configuration, AppSettings.DeadLetters) ?? DefaultContainer;
        return Address(AppSettings.BlobServiceUri) is { } address
            ? new BlobServiceClient(address, Credential.Value).GetBlobContainerClient(container)
            : new BlobServiceClient(ConnectionString()).GetBlobContainerClient(container);
    }

    /// <summary>
    /// The detection settings: an <c>https</c> address is a blob, <c>container/name</c> one in Azurite, anything else a file, and nothing
    /// the
    /// shipped ones.
    /// </summary>
    public ISettingsStore Settings()
    {
        string? location = Setting(configuration, AppSettings.Settings);
        return location is null || File.Exists(location) ? new FileSettings(location)
            : Uri.TryCreate(location, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps
                ? BlobSettings.Of(new(uri, Credential.Value))
            : location.Split('/') is [var container, var name] && Setting(configuration, AppSettings.Storage) is { } azurite
                ? BlobSettings.Of(new(azurite, container, name))
            : new FileSettings(location);
    }

    private string ConnectionString() =>
        Setting(configuration, AppSettings.Storage) ?? throw new InvalidOperationException(
            $"Set {AppSettings.TableServiceUri} and {AppSettings.BlobServiceUri}, or {AppSettings.Storage} for Azurite: "
            + "detections and dead letters go there.");

    private Uri? Address(string name) => Setting(configuration, name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address
        : throw new InvalidOperationException($"{name} is no URI: {text}");
}
