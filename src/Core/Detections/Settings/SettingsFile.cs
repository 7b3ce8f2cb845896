using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Settings as a file: read whole or not at all, with a version that is a hash of what it says.</summary>
public static class SettingsFile
{
    private const int VersionDigits = 12;

    /// <summary>Reads a settings file.</summary>
    /// <param name="json">UTF-8 JSON; comments and trailing commas are allowed.</param>
    /// <param name="settings">The settings; the shipped ones where it returns false.</param>
    /// <param name="errors">Every mistake, with its place and what would be right.</param>
    /// <returns>Whether there was no mistake.</returns>
    public static bool TryLoad(ReadOnlyMemory<byte> json, out DetectionSettings settings, out IReadOnlyList<string> errors)
    {
        settings = DetectionSettings.Default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                WithoutMark(json), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors = ["The settings must be one JSON object."];
                return false;
            }

            SettingsReader reader = new();
            DetectionSettings read = reader.Read(document.RootElement);
            errors = reader.Errors;
            if (errors.Count > 0)
            {
                return false;
            }

            settings = read with { Version = Hash(document.RootElement) };
            return true;
        }
        catch (JsonException exception)
        {
            errors =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Not valid JSON at line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}."),
            ];
            return false;
        }
    }

    /// <summary>Reads a time as <c>expires</c> writes it: ISO 8601, or a date, which is its first moment in UTC.</summary>
    public static bool TryTime(string text, out DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(text);
        DateTimeOffset? read = SuppressionReader.Time(text);
        time = read ?? default;
        return read is not null;
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    /// <summary>Comments, spacing and the order of members do not change what a file says, nor its version.</summary>
    private static string Hash(JsonElement root)
    {
        ArrayBufferWriter<byte> canonical = new();
        using (Utf8JsonWriter writer = new(canonical))
        {
            WriteCanonical(writer, root);
        }

        ContentHash hash = new(stackalloc byte[256]);
        hash.Add(canonical.WrittenSpan);
        return hash.Finish().ToString("x32", CultureInfo.InvariantCulture)[..VersionDigits];
    }

    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    WriteCanonical(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    WriteCanonical(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
