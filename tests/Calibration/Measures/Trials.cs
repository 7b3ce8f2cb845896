namespace CipherWatch.Calibration.Measures;

/// <summary>Runs independent trials on all processors; each has its own seeded generator, so the result does not depend on how many there are.</summary>
internal static class Trials
{
    /// <summary>Results of all trials, in order of trial.</summary>
    public static T[] Run<T>(int count, int seed, Func<Random, int, T> trial)
    {
        T[] results = new T[count];
        Parallel.For(0, count, i => results[i] = trial(new Random(unchecked((seed * 1_000_003) + i)), i));
        return results;
    }

    /// <summary>Share of trials that hold, 0–1; trials that return null do not count.</summary>
    public static double Share(int count, int seed, Func<Random, int, bool?> trial)
    {
        bool?[] results = Run(count, seed, trial);
        int counted = results.Count(r => r is not null);
        return counted == 0 ? double.NaN : (double)results.Count(r => r == true) / counted;
    }
}
