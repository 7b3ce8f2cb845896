using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Runs;

/// <summary>Loads the settings that a run judges by.</summary>
internal static class SettingsSource
{
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

    private static byte[] Read(string path, string option)
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
