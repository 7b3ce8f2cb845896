using Azure.Core;
using Azure.Storage.Blobs;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Functions.Hosting;

/// <summary>Reads the detection settings when the app starts, from a file or a blob.</summary>
internal static class SettingsSource
{
    /// <summary>Largest settings file, bytes; a list of thousands of patterns is a tenth of it.</summary>
    private const int MaxBytes = 4 << 20;

    /// <summary>Reads the settings.</summary>
    /// <param name="location">A path, or the https URI of a blob; nothing for the shipped settings.</param>
    /// <param name="credential">How the blob is reached.</param>
    /// <exception cref="InvalidOperationException">
    /// They cannot be read, or hold a mistake: an app that judges by other settings than it was given must not start.
    /// </exception>
    public static DetectionSettings Read(string? location, Func<TokenCredential> credential)
    {
        if (string.IsNullOrWhiteSpace(location))
        {
            return DetectionSettings.Default;
        }

        byte[] json = Load(location, credential);
        return SettingsFile.TryLoad(json, out DetectionSettings settings, out IReadOnlyList<string> errors)
            ? settings
            : throw new InvalidOperationException($"{AppSettings.Settings} ({location}) is not usable: {string.Join(" ", errors)}");
    }

    private static byte[] Load(string location, Func<TokenCredential> credential)
    {
        try
        {
            bool remote = Uri.TryCreate(location, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps;
            using Stream stream = remote ? new BlobClient(uri, credential()).OpenRead() : File.OpenRead(location);
            if (stream.Length > MaxBytes)
            {
                throw new InvalidOperationException(
                    $"{AppSettings.Settings} ({location}) is larger than {MaxBytes >> 20} MiB: it is no settings file.");
            }

            byte[] json = new byte[stream.Length];
            stream.ReadExactly(json);
            return json;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Azure.RequestFailedException)
        {
            throw new InvalidOperationException($"{AppSettings.Settings} ({location}) cannot be read: {exception.Message}", exception);
        }
    }
}
