namespace CipherWatch.Cli.Usage;

/// <summary>Guesses what a mistyped verb or option was meant to be.</summary>
internal static class Suggestions
{
    /// <summary>Slips that are taken for one: a third of the word, and at least two, as short words are mistyped as easily.</summary>
    private const int LettersPerSlip = 3;

    private const int FewestSlips = 2;

    /// <summary>The nearest of the words that exist; null when none is near.</summary>
    public static string? For(string word, IEnumerable<string> known)
    {
        string plain = word.ToLowerInvariant();
        int most = Math.Max(FewestSlips, plain.TrimStart('-').Length / LettersPerSlip);
        return known
            .Select(name => (Name: name, Distance: name.StartsWith(plain, StringComparison.Ordinal) && plain.Length > 3
                ? 1 : EditDistance.Between(plain, name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= most && candidate.Distance < candidate.Name.TrimStart('-').Length)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }
}
