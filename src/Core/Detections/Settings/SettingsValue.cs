using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>A value within a settings file, with its place, for messages that say where and what would be right.</summary>
/// <param name="Path">Where it stands, such as <c>AllowedCryptoProcesses[2].image</c>.</param>
/// <param name="Json">The value.</param>
/// <param name="Errors">Where mistakes are noted.</param>
internal readonly record struct SettingsValue(string Path, JsonElement Json, List<string> Errors)
{
    /// <summary>Whether it is text.</summary>
    public bool IsText => Json.ValueKind == JsonValueKind.String;

    /// <summary>The text; null where it is none.</summary>
    public string? Text() => IsText ? Json.GetString() : null;

    /// <summary>Notes what would be right; returns nothing.</summary>
    public T? Fail<T>(string expected)
    {
        string found = Json.GetRawText();
        const int Shown = 60;
        Errors.Add($"{Path} must be {expected}; found {(found.Length > Shown ? string.Concat(found.AsSpan(0, Shown), "…") : found)}.");
        return default;
    }

    /// <summary>Notes that a name is none of those that exist, and which was meant; returns nothing.</summary>
    /// <param name="name">What stands in the file.</param>
    /// <param name="what">What it should name.</param>
    /// <param name="known">The names that exist.</param>
    public string? Unknown(string name, string what, IEnumerable<string> known)
    {
        Errors.Add($"{Path}: there is no {what} '{name}'. {NearestName.Hint(name, known)}");
        return null;
    }

    /// <summary>A number within bounds; null, with the mistake noted, where it is none.</summary>
    public double? Number(double min, double max) =>
        Json.ValueKind == JsonValueKind.Number && Json.TryGetDouble(out double number) && number >= min && number <= max
            ? number
            : Fail<double?>(string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));

    /// <summary>A whole number within bounds; null, with the mistake noted, where it is none.</summary>
    public long? Whole(long min, long max) =>
        Json.ValueKind == JsonValueKind.Number && Json.TryGetInt64(out long number) && number >= min && number <= max
            ? number
            : Fail<long?>(string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));

    /// <summary>A duration <c>hh:mm:ss</c> up to a bound; null, with the mistake noted, where it is none.</summary>
    public TimeSpan? Duration(TimeSpan max) =>
        TimeSpan.TryParse(Text(), CultureInfo.InvariantCulture, out TimeSpan duration) && duration >= TimeSpan.Zero && duration <= max
            && Text()!.Contains(':', StringComparison.Ordinal)
            ? duration
            : Fail<TimeSpan?>(string.Create(CultureInfo.InvariantCulture, $"a duration hh:mm:ss of at most {max.TotalDays} days"));

    /// <summary>The elements of a list, those left out that are mistaken.</summary>
    public ImmutableArray<T> List<T>(Func<SettingsValue, T?> read)
    {
        if (Json.ValueKind != JsonValueKind.Array)
        {
            Fail<object>("a list");
            return [];
        }

        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        int index = 0;
        foreach (JsonElement element in Json.EnumerateArray())
        {
            if (read(new(string.Create(CultureInfo.InvariantCulture, $"{Path}[{index++}]"), element, Errors)) is { } item)
            {
                items.Add(item);
            }
        }

        return items.ToImmutable();
    }

    /// <summary>The members of an object that is a map, those left out that are mistaken.</summary>
    public ImmutableArray<T> Map<T>(Func<string, SettingsValue, T?> read)
        where T : class
    {
        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        foreach (JsonProperty member in Members())
        {
            if (read(member.Name, new($"{Path}.{member.Name}", member.Value, Errors)) is { } item)
            {
                items.Add(item);
            }
        }

        return items.ToImmutable();
    }

    /// <summary>The members of an object that is a map of plain values.</summary>
    public ImmutableArray<T> Map<T>(Func<string, SettingsValue, T?> read)
        where T : struct
    {
        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        foreach (JsonProperty member in Members())
        {
            if (read(member.Name, new($"{Path}.{member.Name}", member.Value, Errors)) is { } item)
            {
                items.Add(item);
            }
        }

        return items.ToImmutable();
    }

    /// <summary>
    /// Notes members of an object that are none of the names there are, with the one that was probably meant, and names given twice: a
    /// limit that is not understood must not be left out, for without it more would match.
    /// </summary>
    public void KnowsOnly(params IReadOnlyList<string> names)
    {
        if (Json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty member in Members())
        {
            if (!names.Contains(member.Name, StringComparer.Ordinal))
            {
                Unknown(member.Name, "member", names);
            }
        }
    }

    /// <summary>A member of an object; null where it has none.</summary>
    public SettingsValue? Member(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out JsonElement member)
            && member.ValueKind != JsonValueKind.Null
            ? new SettingsValue($"{Path}.{name}", member, Errors)
            : null;

    /// <summary>A member that must be there as text; null, with the mistake noted, where it is not.</summary>
    public string? Required(string name) =>
        Member(name) is { IsText: true } member && member.Text() is { Length: > 0 } text
            ? text
            : Fail<string>($"an object with \"{name}\"");

    /// <summary>A member that is text; null where it is absent, or with the mistake noted where it is anything else.</summary>
    public string? OptionalText(string name) =>
        Member(name) is not { } member ? null
        : member.Text() is { Length: > 0 } text ? text
        : member.Fail<string>("text that is not empty");

    /// <summary>A member that is a pattern; null where it is absent, or with the mistake noted where it is no text.</summary>
    public Glob? Optional(string name) => OptionalText(name) is { } text ? new Glob(text) : null;

    /// <summary>The members of an object; a name that is given twice is a mistake, because only one of them could hold.</summary>
    public IReadOnlyList<JsonProperty> Members()
    {
        if (Json.ValueKind != JsonValueKind.Object)
        {
            Fail<object>("an object");
            return [];
        }

        List<JsonProperty> members = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty member in Json.EnumerateObject())
        {
            members.Add(member);
            if (!seen.Add(member.Name))
            {
                string place = Path.Length > 0 ? Path + ": " : string.Empty;
                Errors.Add($"{place}'{member.Name}' is given twice; one of the two would not hold.");
            }
        }

        return members;
    }
}
