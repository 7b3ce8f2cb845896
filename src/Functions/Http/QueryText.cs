using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CipherWatch.Functions.Http;

/// <summary>The query of a request: names that are known, values that can be read, and the first mistake for a person.</summary>
internal sealed class QueryText
{
    private readonly IQueryCollection _query;

    /// <summary>Reads a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="names">The names that it may hold.</param>
    public QueryText(IQueryCollection query, IReadOnlyCollection<string> names)
    {
        _query = query;
        if (query.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal) && name != "code") is { } unknown)
        {
            Fail($"There is no parameter '{unknown}'. The parameters are: {string.Join(", ", names)}.");
        }
    }

    /// <summary>The first mistake; null where there is none.</summary>
    public string? Error { get; private set; }

    /// <summary>A text; null where it is absent or empty.</summary>
    public string? Text(string name) => _query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number within bounds.</summary>
    public int? Number(string name, int least, int most) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
        : Fail<int?>(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {least} to {most}."));

    /// <summary>A time.</summary>
    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
        : Fail<DateTimeOffset?>($"{name} must be a time such as 2026-03-02T15:04:05Z.");

    /// <summary>true or false.</summary>
    public bool Flag(string name) => Text(name) is { } text
        && (bool.TryParse(text, out bool flag) ? flag : Fail<bool>($"{name} must be true or false."));

    /// <summary>One of several words.</summary>
    public string? Word(string name, IReadOnlyCollection<string> words) => Text(name) is not { } text ? null
        : words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? Fail<string?>($"{name} must be one of: {string.Join(", ", words)}.");

    private void Fail(string error) => Error ??= error;

    private T? Fail<T>(string error)
    {
        Fail(error);
        return default;
    }
}
