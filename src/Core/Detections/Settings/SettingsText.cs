using System.Text.Json;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>
/// Adds to a settings file as a person wrote it, and leaves all else in it byte for byte: comments, order, spacing, ends of lines.
/// </summary>
public static class SettingsText
{
    /// <summary>
    /// The file with members added at the end of a setting's list or object; the setting is added at the end of the file where it is not
    /// there. A member that an object has takes the new value.
    /// </summary>
    /// <param name="json">The file; empty for a new one.</param>
    /// <param name="setting">Name of the setting.</param>
    /// <param name="entries">What to add: with names, each of them once, for an object; without for a list.</param>
    /// <param name="shipped">
    /// Written out first where the setting is added: a list that a file names takes the place of the shipped one.
    /// </param>
    /// <exception cref="JsonException">The file is no JSON object, or the setting is not the list or object it should be.</exception>
    public static byte[] Add(
        ReadOnlySpan<byte> json, string setting, IReadOnlyList<SettingsEntry> entries, params IReadOnlyList<SettingsEntry> shipped)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(shipped);
        SettingsInsertion file = new(json.IsEmpty ? "{\n}\n"u8 : json);
        if (entries.Count == 0)
        {
            return json.ToArray();
        }

        if (!file.Root.Members.TryGetValue(setting, out JsonPlace? place))
        {
            return file.Appended(file.Root, [new(file.Value([.. shipped, .. entries]), setting)]);
        }

        bool isList = entries[0].Key is null;
        if (place.Kind != (isList ? JsonTokenType.StartArray : JsonTokenType.StartObject))
        {
            throw new JsonException($"{setting} must be {(isList ? "a list" : "an object")}.");
        }

        ILookup<bool, SettingsEntry> isKnown = entries.ToLookup(entry => entry.Key is { } key && place.Members.ContainsKey(key));
        byte[] replaced = file.Replaced(isKnown[true].Select(entry => (place.Members[entry.Key!], entry.Json)));
        SettingsEntry[] added = [.. isKnown[false]];
        if (added.Length == 0)
        {
            return replaced;
        }

        file = new(replaced);
        return file.Appended(file.Root.Members[setting], added);
    }

    /// <summary>
    /// The file with a plain value for a setting, and why; a value that it has is replaced, and the comment says what it was.
    /// </summary>
    /// <param name="json">The file; empty for a new one.</param>
    /// <param name="setting">The setting, its value and the reason.</param>
    /// <exception cref="JsonException">The file is no JSON object, or the setting is no plain value in it.</exception>
    public static byte[] Set(ReadOnlySpan<byte> json, SettingsEntry setting)
    {
        ArgumentNullException.ThrowIfNull(setting.Key);
        SettingsInsertion file = new(json.IsEmpty ? "{\n}\n"u8 : json);
        if (!file.Root.Members.TryGetValue(setting.Key, out JsonPlace? place))
        {
            return file.Appended(file.Root, [setting]);
        }

        if (place.Kind is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            throw new JsonException($"{setting.Key} must be a plain value.");
        }

        string why = $"was {file.Text(place)}{(setting.Reason is null ? string.Empty : "; " + setting.Reason)}";
        return file.Replaced([(place, $"{setting.Json} /* {SettingsEntry.CommentText(why)} */")]);
    }

    /// <summary>The file with one more suppression, at the end of the list: of several that fit, the first of the file holds.</summary>
    /// <param name="json">The file; empty for a new one.</param>
    /// <param name="entry">The suppression; <see cref="SuppressionDraft"/> writes it.</param>
    /// <exception cref="JsonException">The file is no JSON object, or its suppressions are no list.</exception>
    public static byte[] AddSuppression(ReadOnlySpan<byte> json, string entry) =>
        Add(json, nameof(DetectionSettings.Suppressions), [new(entry)]);

    /// <summary>Adds a suppression to a settings file unless it has the same one, and reads the result.</summary>
    /// <param name="json">The file; empty for a new one.</param>
    /// <param name="entry">The suppression; <see cref="SuppressionDraft"/> writes it.</param>
    /// <param name="edited">The file with it; what was given where it has the same one already, or where it returns false.</param>
    /// <param name="settings">What the file then says; the shipped ones where it returns false.</param>
    /// <param name="errors">What is wrong with the file or the suppression.</param>
    /// <returns>Whether the file has the suppression and can be read.</returns>
    public static bool TryAddSuppression(
        ReadOnlyMemory<byte> json,
        string entry,
        out ReadOnlyMemory<byte> edited,
        out DetectionSettings settings,
        out IReadOnlyList<string> errors)
    {
        edited = json;
        settings = DetectionSettings.Default;
        if (!SettingsFile.TryLoad(json.IsEmpty ? "{}"u8.ToArray() : json, out DetectionSettings before, out errors))
        {
            return false;
        }

        byte[] added = AddSuppression(json.Span, entry);
        if (!SettingsFile.TryLoad(added, out DetectionSettings after, out errors))
        {
            return false;
        }

        if (after.Suppressions.Length != before.Suppressions.Length + 1)
        {
            errors = ["It is not one suppression."];
            return false;
        }

        bool isNew = !before.Suppressions.Contains(after.Suppressions[^1]);
        (edited, settings) = isNew ? (added, after) : (json, before);
        return true;
    }
}
