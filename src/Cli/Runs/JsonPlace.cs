using System.Text.Json;

namespace CipherWatch.Cli.Runs;

/// <summary>Where a value of a settings file stands, so that it can be added to without touching what stands around it.</summary>
/// <param name="Kind">An object's or a list's beginning, or a plain value.</param>
/// <param name="Start">First byte.</param>
/// <param name="End">The byte after it.</param>
/// <param name="LastChildEnd">The byte after its last member; −1 where it has none.</param>
/// <param name="Members">Of an object, its members' values by name.</param>
internal sealed record JsonPlace(
    JsonTokenType Kind, int Start, int End, int LastChildEnd, IReadOnlyDictionary<string, JsonPlace> Members)
{
    /// <summary>Its closing bracket.</summary>
    public int Close => End - 1;

    /// <summary>Finds the places in a settings file, which may have comments and commas at the ends of lists.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonPlace Of(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        return Read(ref reader);
    }

    private static JsonPlace Read(ref Utf8JsonReader reader)
    {
        (JsonTokenType kind, int start, int lastChild) = (reader.TokenType, (int)reader.TokenStartIndex, -1);
        Dictionary<string, JsonPlace> members = new(StringComparer.Ordinal);
        if (kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return new(kind, start, (int)reader.BytesConsumed, lastChild, members);
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            string? name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
            if (name is not null)
            {
                reader.Read();
            }

            JsonPlace child = Read(ref reader);
            lastChild = child.End;
            if (name is not null)
            {
                members[name] = child;
            }
        }

        return new(kind, start, (int)reader.BytesConsumed, lastChild, members);
    }
}
