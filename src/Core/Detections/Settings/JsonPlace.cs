using System.Text.Json;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Where a value of a settings file stands, so that it can be added to without touching what stands around it.</summary>
/// <param name="Kind">An object's or a list's beginning, or a plain value.</param>
/// <param name="Start">First byte.</param>
/// <param name="End">The byte after it.</param>
/// <param name="LastChild">First byte of its last member, with its name where it has one, and the byte after it; null for none.</param>
/// <param name="Members">Of an object, its members' values by name.</param>
internal sealed record JsonPlace(
    JsonTokenType Kind, int Start, int End, (int Start, int End)? LastChild, IReadOnlyDictionary<string, JsonPlace> Members)
{
    /// <summary>Its closing bracket.</summary>
    public int Close => End - 1;

    /// <summary>Finds the places in a settings file, which may have comments and commas at the ends of lists.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonPlace Of(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        JsonPlace root = Read(ref reader);

        // To the end, so that anything after it is noticed.
        reader.Read();
        return root;
    }

    private static JsonPlace Read(ref Utf8JsonReader reader)
    {
        (JsonTokenType kind, int start) = (reader.TokenType, (int)reader.TokenStartIndex);
        Dictionary<string, JsonPlace> members = new(StringComparer.Ordinal);
        if (kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return new(kind, start, (int)reader.BytesConsumed, null, members);
        }

        (int Start, int End)? last = null;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            int from = (int)reader.TokenStartIndex;
            string? name = reader.TokenType == JsonTokenType.PropertyName ? Name(ref reader) : null;
            if (name is not null)
            {
                reader.Read();
            }

            JsonPlace child = Read(ref reader);
            last = (from, child.End);
            if (name is not null)
            {
                members[name] = child;
            }
        }

        return new(kind, start, (int)reader.BytesConsumed, last, members);
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A name is no text: half of a surrogate pair stands alone in it.", exception);
        }
    }
}
