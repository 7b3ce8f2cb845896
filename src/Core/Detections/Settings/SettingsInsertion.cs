using System.Text;
using System.Text.Json;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>The text of a settings file, its places and how it is laid out: what is put into it looks like what stands there.</summary>
internal sealed class SettingsInsertion
{
    private const string DefaultIndentation = "  ";

    private readonly byte[] _mark;
    private readonly byte[] _json;
    private readonly string _newLine;
    private readonly string _indentation;

    /// <summary>Reads where everything stands.</summary>
    /// <exception cref="JsonException">It is not one JSON object.</exception>
    public SettingsInsertion(ReadOnlySpan<byte> json)
    {
        // A byte order mark is no JSON, but part of the file.
        _json = (json.StartsWith("\uFEFF"u8) ? json[3..] : json).ToArray();
        _mark = json[..(json.Length - _json.Length)].ToArray();
        Root = JsonPlace.Of(_json);
        if (Root.Kind != JsonTokenType.StartObject)
        {
            throw new JsonException("The settings must be one JSON object.");
        }

        int line = _json.AsSpan().IndexOfAny("\r\n"u8);
        _newLine = line < 0 || _json[line] == '\n' ? "\n" : line + 1 < _json.Length && _json[line + 1] == '\n' ? "\r\n" : "\r";
        _indentation = Indentation(Root) ?? DefaultIndentation;
    }

    /// <summary>The whole file.</summary>
    public JsonPlace Root { get; }

    /// <summary>What stands at a place.</summary>
    public string Text(JsonPlace place) => Encoding.UTF8.GetString(_json.AsSpan(place.Start, place.End - place.Start));

    /// <summary>The file with other values at places, none of which is within another.</summary>
    public byte[] Replaced(IEnumerable<(JsonPlace Place, string Value)> values)
    {
        List<byte> replaced = [.. _mark];
        int from = 0;
        foreach ((JsonPlace place, string value) in values.OrderBy(each => each.Place.Start))
        {
            replaced.AddRange(_json.AsSpan(from..place.Start));
            replaced.AddRange(Encoding.UTF8.GetBytes(value));
            from = place.End;
        }

        replaced.AddRange(_json.AsSpan(from));
        return [.. replaced];
    }

    /// <summary>The file with members, each on a line, at the end of the root or of the value of a setting.</summary>
    /// <remarks>
    /// Only inserts: the comma that the last member may lack, behind it; the lines behind what stands last, a comment too; and the end of
    /// a line before a bracket that has no line of its own.
    /// </remarks>
    public byte[] Appended(JsonPlace place, IReadOnlyList<SettingsEntry> entries)
    {
        bool isRoot = ReferenceEquals(place, Root);
        string indentation = Indentation(place) ?? (isRoot ? _indentation : _indentation + _indentation);
        int last = place.LastChild?.End ?? place.Start + 1;
        int end = ContentEnd(last, place.Close, out bool hasComma);
        string lines = Lines(entries, indentation), before = lines, after = string.Empty;
        ReadOnlySpan<byte> blanks = _json.AsSpan(end..place.Close);
        if (blanks.IndexOfAny("\r\n"u8) < 0)
        {
            // Blanks before the bracket become indentation where they can: none is lost, none is left over.
            bool indents = indentation.StartsWith(Encoding.UTF8.GetString(blanks), StringComparison.Ordinal);
            before = indents ? _newLine : string.Empty;
            after = (indents ? lines[(_newLine.Length + blanks.Length)..] : lines) + _newLine + (isRoot ? string.Empty : _indentation);
        }

        return
        [
            .. _mark, .. _json[..last], .. place.LastChild is null || hasComma ? default : ","u8, .. _json[last..end],
            .. Encoding.UTF8.GetBytes(before), .. blanks, .. Encoding.UTF8.GetBytes(after), .. _json[place.Close..],
        ];
    }

    /// <summary>The value of a new setting: a list, or an object where its members have names.</summary>
    public string Value(IReadOnlyList<SettingsEntry> entries)
    {
        string lines = Lines(entries, _indentation + _indentation) + _newLine + _indentation;
        return entries[0].Key is null ? $"[{lines}]" : $"{{{lines}}}";
    }

    private string Lines(IReadOnlyList<SettingsEntry> entries, string indentation) => string.Concat(
        entries.Select((entry, at) => _newLine + indentation + entry.Line(comma: at < entries.Count - 1)));

    /// <summary>Behind the last comma or comment between the last member and the bracket; comments may hold anything.</summary>
    private int ContentEnd(int last, int close, out bool hasComma)
    {
        hasComma = false;
        int end = last;
        for (int at = last; at < close;)
        {
            ReadOnlySpan<byte> rest = _json.AsSpan(at..close);
            bool isBlank = " \t\r\n"u8.Contains(rest[0]);
            hasComma |= rest[0] == ',';
            at += rest.StartsWith("//"u8) ? rest.IndexOfAny("\r\n"u8)
                : rest.StartsWith("/*"u8) ? 2 + rest[2..].IndexOf("*/"u8) + 2
                : 1;
            end = isBlank ? end : at;
        }

        return end;
    }

    /// <summary>Blanks before the line that the last member begins on; null where that line began before the bracket.</summary>
    private string? Indentation(JsonPlace place)
    {
        if (place.LastChild is not { } child)
        {
            return null;
        }

        int line = _json.AsSpan(..child.Start).LastIndexOfAny("\r\n"u8) + 1;
        int length = _json.AsSpan(line).IndexOfAnyExcept(" \t"u8);
        return line > place.Start ? Encoding.UTF8.GetString(_json.AsSpan(line, length)) : null;
    }
}
