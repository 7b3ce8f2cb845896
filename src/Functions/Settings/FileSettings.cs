using System.Globalization;

namespace CipherWatch.Functions.Settings;

/// <summary>Settings in a file beside the app, or the shipped ones where there is no file: for a developer's machine.</summary>
/// <param name="path">The file; null for the shipped settings.</param>
public sealed class FileSettings(string? path) : ISettingsStore
{
    private const string Shipped = "shipped";

    /// <inheritdoc/>
    public string Name => path ?? Shipped;

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public async Task<StoredSettings> ReadAsync(string? knownTag, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return new(Shipped, null);
        }

        FileInfo file = new(path);
        string tag = file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks}-{file.Length}")
            : string.Empty;
        return tag == knownTag ? new(tag, null) : new(tag, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task KeepGoodAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadLastGoodAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(string tag, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<string?> ReadJudgedAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public Task KeepJudgedAsync(string version, CancellationToken cancellationToken) => Task.CompletedTask;
}
