using System.Text.Json;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;

namespace CipherWatch.Cli.Runs;

/// <summary>Finds a detection by its id in files that <c>detect --out</c> wrote.</summary>
internal static class DetectionLines
{
    /// <summary>Digits that an id may be shortened to.</summary>
    private const int MinDigits = 8;

    /// <summary>The detection, with what tells where it is; the last line of several with one id.</summary>
    /// <param name="id">Its id, or the first digits of it.</param>
    /// <param name="files">The files.</param>
    /// <exception cref="UsageException">It is in none of them, or several begin so.</exception>
    public static Detection Find(string id, IReadOnlyList<string> files)
    {
        if (id.Length is < MinDigits or > 32 || !id.All(char.IsAsciiHexDigit))
        {
            throw new UsageException($"'{id}' is no detection id: 32 hex digits, or at least the first {MinDigits}.");
        }

        Dictionary<DetectionId, Detection> found = [];
        foreach (string file in files)
        {
            string named = $"\"detectionId\":\"{id.ToLowerInvariant()}";
            foreach (string line in Lines(file).Where(line => line.Contains(named, StringComparison.Ordinal)))
            {
                if (Read(line) is { } detection)
                {
                    found[detection.DetectionId] = detection;
                }
            }
        }

        return found.Count switch
        {
            1 => found.Values.First(),
            0 => throw new UsageException(
                $"Detection {id} is in {(files.Count == 0 ? "no file: there is none here" : "none of " + string.Join(", ", files))}. "
                + "Write detections with 'detect … --out detections.ndjson', and name the file with --detections."),
            _ => throw new UsageException($"{found.Count} detections begin with {id}: {string.Join(", ", found.Keys.Order())}."),
        };
    }

    private static IEnumerable<string> Lines(string file)
    {
        try
        {
            return File.ReadLines(file).Where(line => line.Length > 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{file}: cannot be read ({exception.Message.TrimEnd('.')}).");
        }
    }

    private static Detection? Read(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (!DetectionId.TryParse(Text(root, "detectionId"), out DetectionId id))
            {
                return null;
            }

            return new()
            {
                DetectionId = id,
                Time = root.GetProperty("time").GetDateTimeOffset(),
                AnalyticId = Text(root, "analyticId") ?? string.Empty,
                Technique = Text(root, "technique") ?? string.Empty,
                Platform = TelemetryPlatform.Network,
                Severity = Severity.Low,
                Confidence = 0,
                Title = Text(root, "title") ?? string.Empty,
                Host = Text(root, "host"),
                Process = root.TryGetProperty("process", out JsonElement process) ? new() { Image = Text(process, "image") } : null,
                Destination = root.TryGetProperty("destination", out JsonElement destination) ? Destination(destination) : null,
                WindowStart = root.GetProperty("windowStart").GetDateTimeOffset(),
                WindowEnd = root.GetProperty("windowEnd").GetDateTimeOffset(),
                SettingsVersion = Text(root, "settingsVersion") ?? string.Empty,
                Evidence = [],
            };
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DetectionDestination? Destination(JsonElement json) =>
        IpAddress.TryParse(Text(json, "ip"), out IpAddress ip)
            ? new(ip, json.GetProperty("port").GetUInt16(), Text(json, "protocol") ?? string.Empty, Text(json, "name"))
            : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
