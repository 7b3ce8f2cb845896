namespace CipherWatch.Core.Detections.Settings;

/// <summary>A pattern with <c>*</c> for any text and <c>?</c> for one character; case does not matter, both slashes are one.</summary>
public readonly record struct Glob(string Pattern)
{
    /// <summary>Whether it fits every text: nothing but stars.</summary>
    public bool MatchesAll => Pattern.Length > 0 && Pattern.AsSpan().Trim('*').IsEmpty;

    /// <summary>Whether all of the text fits the pattern.</summary>
    public bool Matches(string? text)
    {
        if (text is null)
        {
            return false;
        }

        // The classic two-pointer walk: on a mismatch, the last star takes one character more. Linear in practice, no recursion.
        int at = 0;
        int next = 0;
        int star = -1;
        int mark = 0;
        while (at < text.Length)
        {
            if (next < Pattern.Length && Pattern[next] == '*')
            {
                star = next++;
                mark = at;
            }
            else if (next < Pattern.Length && (Pattern[next] == '?' || Fold(Pattern[next]) == Fold(text[at])))
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (next < Pattern.Length && Pattern[next] == '*')
        {
            next++;
        }

        return next == Pattern.Length;
    }

    /// <inheritdoc/>
    public override string ToString() => Pattern;

    private static char Fold(char character) => character == '\\' ? '/' : char.ToLowerInvariant(character);
}
