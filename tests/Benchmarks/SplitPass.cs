namespace CipherWatch.Benchmarks;

/// <summary>The yardstick of separated values: every line read as text and split at its tabs or blanks, and nothing done with the parts.</summary>
internal static class SplitPass
{
    /// <summary>Parts of the whole input.</summary>
    public static long Count(byte[] bytes, char separator = '\t')
    {
        using StreamReader lines = new(new MemoryStream(bytes));
        long parts = 0;
        while (lines.ReadLine() is { } line)
        {
            parts += line.Split(separator).Length;
        }

        return parts;
    }
}
