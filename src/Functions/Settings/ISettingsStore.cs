namespace CipherWatch.Functions.Settings;

/// <summary>Where settings are kept.</summary>
public interface ISettingsStore
{
    /// <summary>What to call it in messages.</summary>
    string Name { get; }

    /// <summary>Whether all instances read the same, and it may change under them.</summary>
    bool IsShared { get; }

    /// <summary>Reads what is there.</summary>
    /// <param name="knownTag">The tag of what the caller has read; its content is then not read again.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    Task<StoredSettings> ReadAsync(string? knownTag, CancellationToken cancellationToken);

    /// <summary>Keeps a version that has no mistake, for instances that start while what is there has one.</summary>
    Task KeepGoodAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken);

    /// <summary>The last version without a mistake; null where there is none.</summary>
    Task<ReadOnlyMemory<byte>?> ReadLastGoodAsync(CancellationToken cancellationToken);

    /// <summary>Replaces what is there.</summary>
    /// <param name="tag">The tag of what was read.</param>
    /// <param name="json">The new content.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>False where somebody else changed it meanwhile, or where it cannot be written here.</returns>
    Task<bool> ReplaceAsync(string tag, ReadOnlyMemory<byte> json, CancellationToken cancellationToken);

    /// <summary>The version by which all that was open has been judged; null where none is noted.</summary>
    Task<string?> ReadJudgedAsync(CancellationToken cancellationToken);

    /// <summary>Notes that version.</summary>
    Task KeepJudgedAsync(string version, CancellationToken cancellationToken);
}

/// <summary>Settings as they were found.</summary>
/// <param name="Tag">A mark of this version; another one where they are not there.</param>
/// <param name="Json">Their content; null where they are not there, or where the caller knows it.</param>
public sealed record StoredSettings(string Tag, ReadOnlyMemory<byte>? Json);
