using System.Text.Json;

namespace CipherWatch.Functions.Settings;

/// <summary>Adds a suppression to the text of a settings file, and leaves the rest of it as it is, comments too.</summary>
internal static class SuppressionText
{
    private const string Member = "Suppressions";

    private static readonly JsonReaderOptions Reading =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>
    /// Adds it as the first of the list, or a list of it as the first member. A comma behind the last is allowed in the file.
    /// </summary>
    /// <param name="settings">The file; empty for one that is not there.</param>
    /// <param name="suppression">The suppression, a JSON object.</param>
    /// <exception cref="JsonException">The file is no JSON object, or its suppressions are no list.</exception>
    public static byte[] Add(ReadOnlySpan<byte> settings, ReadOnlySpan<byte> suppression)
    {
        if (settings.IsEmpty)
        {
            settings = "{\n}\n"u8;
        }

        (int at, bool hasList) = Place(settings);
        return
        [
            .. settings[..at],
            .. hasList ? "\n    "u8 : "\n  \"Suppressions\": [\n    "u8,
            .. suppression,
            .. hasList ? ","u8 : "\n  ],"u8,
            .. settings[at..],
        ];
    }

    /// <summary>Behind the bracket that opens the list, or the brace that opens the file.</summary>
    private static (int At, bool HasList) Place(ReadOnlySpan<byte> settings)
    {
        int mark = settings.StartsWith("\uFEFF"u8) ? 3 : 0;
        Utf8JsonReader reader = new(settings[mark..], Reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The settings must be one JSON object.");
        }

        int first = mark + (int)reader.TokenStartIndex + 1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isList = reader.ValueTextEquals(Member);
            reader.Read();
            if (isList)
            {
                return reader.TokenType == JsonTokenType.StartArray
                    ? (mark + (int)reader.TokenStartIndex + 1, true)
                    : throw new JsonException($"{Member} must be a list.");
            }

            reader.Skip();
        }

        return (first, false);
    }

    /// <summary>The object on one line, with who asked for it where it does not say who.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static byte[] Normalized(ReadOnlyMemory<byte> suppression, string? author)
    {
        using JsonDocument document = JsonDocument.Parse(suppression);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A suppression is one JSON object.");
        }

        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                member.WriteTo(writer);
            }

            if (author is not null && !document.RootElement.TryGetProperty("author", out _))
            {
                writer.WriteString("author", author);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
