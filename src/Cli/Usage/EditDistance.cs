namespace CipherWatch.Cli.Usage;

/// <summary>How many slips of the finger lie between two words: the restricted Damerau–Levenshtein distance.</summary>
internal static class EditDistance
{
    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    public static int Between(string left, string right)
    {
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
}
