using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Runs;

/// <summary>Loads the settings that a run judges by.</summary>
internal static class SettingsSource
{
    /// <summary>The settings of a file, or the shipped ones without a file.</summary>
    /// <exception cref="UsageException">The file cannot be read, or what it says is wrong: nothing should be judged by half of it.</exception>
    public static DetectionSettings Load(string? path)
    {
        if (path is null)
        {
            return DetectionSettings.Default;
        }

        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--settings {path}: cannot be read ({exception.Message.TrimEnd('.')}).");
        }

        return SettingsFile.TryLoad(json, out DetectionSettings settings, out IReadOnlyList<string> errors)
            ? settings
            : throw new UsageException(string.Join('\n', errors.Prepend($"--settings {path}: not valid settings.")));
    }
}
