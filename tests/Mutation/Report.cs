using System.Globalization;
using System.Text;

namespace CipherWatch.Mutation;

/// <summary>What became of the mutants, as Markdown.</summary>
internal static class Report
{
    /// <summary>Standard normal deviate of 95 %, two-sided.</summary>
    private const double Z = 1.959964;

    /// <summary>The report.</summary>
    /// <param name="all">All mutants that compile.</param>
    /// <param name="outcomes">Those that were run.</param>
    public static string Of(Mutant[] all, Outcome[] outcomes)
    {
        StringBuilder text = new("| room | mutants | run | killed | not run by any test | score | 95 % |\n|---|---:|---:|---:|---:|---:|---|\n");
        foreach (Room room in Room.All)
        {
            Outcome[] own = [.. outcomes.Where(outcome => outcome.Mutant.Room == room.Name)];
            if (own.Length > 0)
            {
                int killed = own.Count(outcome => outcome.Fate is Fate.Killed or Fate.Hung);
                (double low, double high) = Interval(killed, own.Length);
                text.Append(CultureInfo.InvariantCulture, $"| {room.Name} | {all.Count(mutant => mutant.Room == room.Name)} | {own.Length} ");
                text.Append(CultureInfo.InvariantCulture, $"| {killed} | {own.Count(outcome => outcome.Fate == Fate.Uncovered)} ");
                text.Append(CultureInfo.InvariantCulture, $"| {100.0 * killed / own.Length:0.0} % | {low:0.0}–{high:0.0} % |\n");
            }
        }

        foreach (Outcome outcome in outcomes.Where(outcome => outcome.Fate is Fate.Survived or Fate.Uncovered)
            .OrderBy(outcome => outcome.Mutant.File, StringComparer.Ordinal).ThenBy(outcome => outcome.Mutant.Line))
        {
            Mutant mutant = outcome.Mutant;
            text.Append(CultureInfo.InvariantCulture, $"\n- {mutant.File}:{mutant.Line} ({mutant.Kind}) `{mutant.Was}` → `{mutant.Is}`");
            text.Append(CultureInfo.InvariantCulture, $" [{outcome.Fate}{(outcome.By.Length > 0 ? ", " + outcome.By : string.Empty)}; {mutant.Id}]");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The interval of E. B. Wilson, 1927, in percent.</summary>
    private static (double Low, double High) Interval(int hits, int of)
    {
        double share = (double)hits / of, width = Z * Z / of;
        double middle = share + (width / 2), spread = Z * Math.Sqrt(((share * (1 - share)) + (width / 4)) / of);
        return (100 * (middle - spread) / (1 + width), 100 * (middle + spread) / (1 + width));
    }
}
