using System.Text;
using System.Text.Json;

namespace CipherWatch.Cli.Runs;

/// <summary>Adds to a settings file and leaves all else in it as it is: comments, order, spacing, ends of lines.</summary>
internal static class SettingsEditor
{
    private const string Suppressions = "Suppressions";

    /// <summary>The file with one more suppression, at the end of the list; the list is added where there is none.</summary>
    /// <param name="json">The file, which is known to be valid settings; empty for a new one.</param>
    /// <param name="entry">The entry, JSON on one line.</param>
    public static byte[] AddSuppression(ReadOnlySpan<byte> json, string entry)
    {
        if (json.IsEmpty)
        {
            json = "{\n}\n"u8;
        }

        int mark = json.StartsWith("\uFEFF"u8) ? 3 : 0;
        ReadOnlySpan<byte> text = json[mark..];
        Places places = Find(text);
        string newLine = text.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        string line = places.List is null
            ? $"  \"{Suppressions}\": [{newLine}    {entry}{newLine}  ]"
            : $"    {entry}";
        (int lastEnd, int close) = places.List ?? places.Root;
        string closing = places.List is null ? string.Empty : "  ";
        return [.. json[..mark], .. Insert(text, lastEnd, close, line, closing, newLine)];
    }

    /// <summary>Puts a line before a closing bracket, and a comma behind what stands before it.</summary>
    private static byte[] Insert(ReadOnlySpan<byte> text, int lastEnd, int close, string line, string closing, string newLine)
    {
        bool isEmpty = lastEnd < 0, hasComma = false;
        int at = isEmpty ? close : lastEnd;

        // Past comments and a comma behind the last member, which stay where they are; then the blanks before the bracket.
        int end = isEmpty ? OpenBracket(text, close) + 1 : lastEnd;
        for (int position = end; position < close;)
        {
            if (text[position..].StartsWith("//"u8))
            {
                int stop = text[position..close].IndexOf((byte)'\n');
                position = stop < 0 ? close : position + stop;
                end = position;
            }
            else if (text[position..].StartsWith("/*"u8))
            {
                position += 2 + text[(position + 2)..].IndexOf("*/"u8) + 2;
                end = position;
            }
            else
            {
                hasComma |= text[position] == ',';
                end = text[position] == ',' ? position + 1 : end;
                position++;
            }
        }

        ReadOnlySpan<byte> blanks = text[end..close];
        end = blanks.Length > 0 && end > 0 && text[end - 1] == '\r' ? end - 1 : end;
        using MemoryStream edited = new();
        if (isEmpty)
        {
            edited.Write(text[..end]);
        }
        else
        {
            edited.Write(text[..at]);
            edited.Write(hasComma ? default : ","u8);
            edited.Write(text[at..end]);
        }

        edited.Write(Encoding.UTF8.GetBytes(newLine + line));
        bool breaks = text[end..close].IndexOf((byte)'\n') >= 0;
        edited.Write(breaks ? text[end..close] : Encoding.UTF8.GetBytes(newLine + closing));
        edited.Write(text[close..]);
        return edited.ToArray();
    }

    private static int OpenBracket(ReadOnlySpan<byte> text, int close)
    {
        // Only for what is empty: between the brackets stand blanks and comments, and comments may hold anything.
        Utf8JsonReader reader = Reader(text);
        int open = 0;
        while (reader.Read() && reader.TokenStartIndex < close)
        {
            open = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? (int)reader.TokenStartIndex : open;
        }

        return open;
    }

    private static Places Find(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = Reader(text);
        (int LastEnd, int Close)? list = null;
        int rootEnd = -1, listEnd = -1;
        bool inList = false;
        string? name = null;
        while (reader.Read())
        {
            bool isClose = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
            if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
            {
                return new((rootEnd, (int)reader.TokenStartIndex), list);
            }

            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString();
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                inList |= reader.TokenType == JsonTokenType.StartArray && name == Suppressions;
                if (inList && reader.TokenType == JsonTokenType.EndArray)
                {
                    list = (listEnd, (int)reader.TokenStartIndex);
                    inList = false;
                }

                rootEnd = (int)reader.BytesConsumed;
            }
            else if (reader.CurrentDepth == 2 && inList
                && (isClose || reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject)))
            {
                listEnd = (int)reader.BytesConsumed;
            }
        }

        return new((rootEnd, text.Length), list);
    }

    private static Utf8JsonReader Reader(ReadOnlySpan<byte> text) =>
        new(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

    /// <summary>Where the last member of an object or list ends (−1 for none), and where its closing bracket stands.</summary>
    private readonly record struct Places((int LastEnd, int Close) Root, (int LastEnd, int Close)? List);
}
