using CipherWatch.Cli.Usage;

namespace CipherWatch.Cli.Runs;

/// <summary>A settings file that was found, and what led to it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Source">What led to it, for messages.</param>
internal readonly record struct SettingsPlace(string Path, string Source);

/// <summary>Where settings are looked for that no option names, in this order.</summary>
/// <param name="WorkingFolder">The folder of the run; null for none.</param>
/// <param name="Variable">What <see cref="VariableName"/> says; null for nothing.</param>
/// <param name="ConfigurationFolder">The user's configuration folder; null for none.</param>
internal sealed record SettingsPlaces(string? WorkingFolder, string? Variable, string? ConfigurationFolder)
{
    /// <summary>The file's name, wherever it lies.</summary>
    public const string FileName = "cipherwatch.json";

    /// <summary>The environment variable that names a file.</summary>
    public const string VariableName = "CIPHERWATCH_SETTINGS";

    /// <summary>Nowhere.</summary>
    public static readonly SettingsPlaces None = new(null, null, null);

    /// <summary>Those of this process.</summary>
    public static SettingsPlaces OfProcess() => new(
        ".",
        Environment.GetEnvironmentVariable(VariableName),
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData) is { Length: > 0 } folder
            ? Path.Join(folder, "cipherwatch")
            : null);

    /// <summary>Where a file is written that is to be found again.</summary>
    public string Default => WorkingFolder is null or "." ? FileName : Path.Join(WorkingFolder, FileName);

    /// <summary>The first file that there is; null for none.</summary>
    /// <exception cref="UsageException">The variable names a file that there is not: whoever set it means it.</exception>
    public SettingsPlace? Find()
    {
        if (WorkingFolder is not null && File.Exists(Path.Join(WorkingFolder, FileName)))
        {
            return new(Default, Default);
        }

        if (Variable is { Length: > 0 } named)
        {
            return File.Exists(named) ? new(named, $"{named}, which ${VariableName} names")
                : throw new UsageException($"${VariableName} names {named}: there is no such file.");
        }

        string? own = ConfigurationFolder is null ? null : Path.Join(ConfigurationFolder, FileName);
        return own is not null && File.Exists(own) ? new(own, $"{own}, the user's own") : null;
    }
}
