namespace CipherWatch.Core.Detections.Settings;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
public static class NearestName
{
    /// <summary>Letters of a word for each typing error that is allowed.</summary>
    private const int LettersPerSlip = 3;

    /// <summary>Typing errors that are allowed in any word: short words are mistyped as easily.</summary>
    private const int MinSlips = 2;

    /// <summary>The nearest of the names that exist; null where none is near.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="known">The names that exist.</param>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        string plain = word.ToLowerInvariant();
        int most = Math.Max(MinSlips, plain.TrimStart('-').Length / LettersPerSlip);
        return known
            .Where(name => Math.Abs(name.Length - plain.Length) <= most || IsStartOf(plain, name))
            .Select(name => (Name: name, Slips: IsStartOf(plain, name)
                ? Math.Min(1, name.Length - plain.Length)
                : Distance(plain, name.ToLowerInvariant())))
            .Where(candidate => candidate.Slips <= most && candidate.Slips < candidate.Name.TrimStart('-').Length)
            .OrderBy(candidate => candidate.Slips)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>For a message: the name that was probably meant, or all that exist.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        Of(word, known) is { } near ? $"Did you mean '{near}'?" : $"Known: {string.Join(", ", known)}.";

    /// <summary>
    /// Typing errors between two words: insertions, deletions, replacements and swaps of neighbours that turn one into the
    /// other (restricted Damerau–Levenshtein distance).
    /// </summary>
    public static int Distance(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int row = 0; row <= left.Length; row++)
        {
            cost[row, 0] = row;
        }

        for (int column = 0; column <= right.Length; column++)
        {
            cost[0, column] = column;
        }

        for (int row = 1; row <= left.Length; row++)
        {
            for (int column = 1; column <= right.Length; column++)
            {
                int replace = left[row - 1] == right[column - 1] ? 0 : 1;
                int best = Math.Min(cost[row - 1, column - 1] + replace, Math.Min(cost[row - 1, column], cost[row, column - 1]) + 1);
                bool swapped = row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
                cost[row, column] = swapped ? Math.Min(best, cost[row - 2, column - 2] + 1) : best;
            }
        }

        return cost[left.Length, right.Length];
    }

    /// <summary>Whether a word is the beginning of a name, which counts as one error.</summary>
    private static bool IsStartOf(string word, string name) =>
        word.Length > LettersPerSlip && name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
