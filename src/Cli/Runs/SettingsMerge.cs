using System.Text;
using System.Text.Json;
using CipherWatch.Core.Pipeline.Baseline;

namespace CipherWatch.Cli.Runs;

/// <summary>
/// Adds proposals to a settings file as a person wrote it: what stands there, its comments among it, stays byte for byte, and each
/// proposal is a line of its own with its reason. A proposal for a plain value takes its place and says what stood there.
/// </summary>
internal sealed class SettingsMerge
{
    private readonly byte[] _json;
    private readonly List<(int At, int Removed, string Text)> _edits = [];

    private SettingsMerge(byte[] json) => _json = json;

    /// <summary>The file with the proposals.</summary>
    /// <param name="json">The file.</param>
    /// <param name="result">What was learned.</param>
    /// <param name="shipped">Members of a setting's shipped list: a list that a file names replaces it, so it is written out first.</param>
    public static byte[] Of(byte[] json, BaselineResult result, Func<string, IEnumerable<string>> shipped)
    {
        int mark = json.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        SettingsMerge merge = new(json[mark..]);
        JsonPlace root = JsonPlace.Of(merge._json);
        foreach (IGrouping<string, Proposal> setting in result.Proposals.GroupBy(proposal => proposal.Setting))
        {
            if (root.Members.TryGetValue(setting.Key, out JsonPlace? place))
            {
                merge.AddTo(place, [.. setting]);
            }
            else
            {
                merge.Append(root, [$"\"{setting.Key}\": {SettingsText.Value([.. setting], shipped(setting.Key))},"], "  ");
            }
        }

        return [.. json.AsSpan(0, mark), .. merge.Apply()];
    }

    private void AddTo(JsonPlace place, Proposal[] proposals)
    {
        if (place.Kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            string before = Encoding.UTF8.GetString(_json.AsSpan(place.Start, place.End - place.Start));
            Proposal value = proposals[^1];
            string why = $"was {SettingsText.Line(before)}; {SettingsText.Line(value.Reason)}";
            _edits.Add((place.Start, place.End - place.Start, $"{value.Json} /* {why} */"));
            return;
        }

        foreach (Proposal known in proposals.Where(proposal => IsMember(place, proposal)))
        {
            JsonPlace member = place.Members[known.Key!];
            _edits.Add((member.Start, member.End - member.Start, known.Json));
        }

        Append(place, [.. proposals.Where(proposal => !IsMember(place, proposal)).Select(SettingsText.Member)], "    ");
    }

    private static bool IsMember(JsonPlace place, Proposal proposal) =>
        proposal.Key is { } key && place.Members.ContainsKey(key);

    /// <summary>Adds lines before a closing bracket, and the comma that the last member may lack.</summary>
    private void Append(JsonPlace place, string[] lines, string indent)
    {
        if (lines.Length == 0)
        {
            return;
        }

        if (place.LastChildEnd >= 0 && !_edits.Exists(edit => edit.At == place.LastChildEnd && edit.Text == ",")
            && !HasComma(_json.AsSpan(place.LastChildEnd, place.Close - place.LastChildEnd)))
        {
            _edits.Add((place.LastChildEnd, 0, ","));
        }

        // The bracket keeps the indentation that stands before it, where it has a line of its own.
        int at = place.Close;
        while (at > place.Start + 1 && _json[at - 1] is (byte)' ' or (byte)'\t')
        {
            at--;
        }

        bool ownLine = _json[at - 1] == (byte)'\n';
        string added = string.Concat(lines.Select(line => indent + line + "\n"));
        _edits.Add((at, 0, ownLine ? added : "\n" + added + indent[2..]));
    }

    /// <summary>Whether there is a comma among blanks and comments.</summary>
    private static bool HasComma(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == ',')
            {
                return true;
            }

            if (text[at..].StartsWith("//"u8))
            {
                int end = text[at..].IndexOf((byte)'\n');
                at = end < 0 ? text.Length : at + end;
            }
            else if (text[at..].StartsWith("/*"u8))
            {
                int end = text[at..].IndexOf("*/"u8);
                at = end < 0 ? text.Length : at + end + 1;
            }
        }

        return false;
    }

    private byte[] Apply()
    {
        using MemoryStream merged = new();
        int from = 0;
        foreach ((int at, int removed, string text) in _edits.Select((edit, order) => (Edit: edit, order))
            .OrderBy(entry => entry.Edit.At).ThenBy(entry => entry.order).Select(entry => entry.Edit))
        {
            merged.Write(_json, from, at - from);
            merged.Write(Encoding.UTF8.GetBytes(text));
            from = at + removed;
        }

        merged.Write(_json, from, _json.Length - from);
        return merged.ToArray();
    }
}
