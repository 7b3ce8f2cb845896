using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Runs;

/// <summary>Settings that a run judges by, and where they are from.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Path">The file; null for the shipped ones.</param>
/// <param name="Source">Where they are from, for a person.</param>
internal sealed record LoadedSettings(DetectionSettings Settings, string? Path, string Source)
{
    /// <summary>Those that ship.</summary>
    public static readonly LoadedSettings Shipped = new(DetectionSettings.Default, null, "the shipped ones");

    /// <summary>A line for a person.</summary>
    public override string ToString() => Path is null ? $"Settings: {Source}." : $"Settings: {Source} (version {Settings.Version}).";
}

/// <summary>Loads the settings that a run judges by.</summary>
internal static class SettingsSource
{
    /// <summary>The settings that an option names, else those that are found where settings lie, else the shipped ones.</summary>
    /// <param name="path">What <c>--settings</c> names; null for nothing.</param>
    /// <param name="shipped">Whether the shipped ones are asked for.</param>
    /// <param name="places">Where settings lie.</param>
    /// <param name="option">The option that names them, for messages.</param>
    /// <exception cref="UsageException">The file cannot be read, or what it says is wrong.</exception>
    public static LoadedSettings Find(string? path, bool shipped, SettingsPlaces places, string option = "--settings")
    {
        if (shipped)
        {
            return path is null ? LoadedSettings.Shipped
                : throw new UsageException($"{option} and --no-settings contradict each other.");
        }

        return path is not null ? Of(path, option)
            : places.Find() is { } found ? new(Load(found.Path, "settings"), found.Path, found.Source)
            : LoadedSettings.Shipped;
    }

    /// <summary>The settings of a file that an option names.</summary>
    /// <exception cref="UsageException">The file cannot be read, or what it says is wrong.</exception>
    public static LoadedSettings Of(string path, string option) => new(Load(path, option), path, path);

    /// <summary>Settings with edits: <c>NAME=VALUE</c>, the value as JSON.</summary>
    /// <exception cref="UsageException">An edit is wrong.</exception>
    public static LoadedSettings Edited(LoadedSettings settings, IReadOnlyList<string> edits) => edits.Count == 0
        ? settings
        : settings with
        {
            Settings = Load(settings.Path, "settings", edits),
            Source = $"{settings.Source} with {string.Join(", ", edits)}",
        };

    /// <summary>The settings of a file, or the shipped ones without a file; with edits where there are any.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that named it, for messages.</param>
    /// <param name="edits"><c>NAME=VALUE</c>, the value as JSON.</param>
    /// <exception cref="UsageException">The file cannot be read, or what it says is wrong: nothing should be judged by half of
    /// it.</exception>
    public static DetectionSettings Load(string? path, string option = "--settings", params IReadOnlyList<string> edits)
    {
        if (path is null && edits.Count == 0)
        {
            return DetectionSettings.Default;
        }

        byte[] json = path is null ? "{}"u8.ToArray() : Read(path, option);
        string what = path is null ? "--set" : $"{option} {path}";
        return SettingsFile.TryLoad(edits.Count == 0 ? json
            : Edited(json, what, edits), out DetectionSettings settings, out IReadOnlyList<string> errors)
            ? settings
            : throw new UsageException(string.Join('\n', errors.Prepend($"{what}: not valid settings.")));
    }

    /// <summary>The bytes of a settings file.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static byte[] Read(string path, string option)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option} {path}: cannot be read ({exception.Message.TrimEnd('.')}).");
        }
    }

    private static byte[] Edited(byte[] json, string what, IReadOnlyList<string> edits)
    {
        try
        {
            JsonObject settings = JsonNode.Parse(
                json, null, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject
                ?? throw new UsageException($"{what}: the settings must be one JSON object.");
            foreach (string edit in edits)
            {
                int equals = edit.IndexOf('=', StringComparison.Ordinal);
                settings[equals > 0 ? edit[..equals]
                    : throw new UsageException($"--set '{edit}': write NAME=VALUE.")] = Value(edit[(equals + 1)..]);
            }

            return Encoding.UTF8.GetBytes(settings.ToJsonString());
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{what}: not valid JSON ({exception.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>A value as JSON; what is no JSON is taken as text, so that durations need no quotes within quotes.</summary>
    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
