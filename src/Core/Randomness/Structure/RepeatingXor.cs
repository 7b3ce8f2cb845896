namespace CipherWatch.Core.Randomness;

/// <summary>
/// Finds a repeating XOR key by likelihood ratio: for each key length and each column, the key byte under which the
/// column is likeliest as text or as program code, against uniform bytes; each key byte costs ln 256.
/// </summary>
/// <remarks>
/// Ciphertext reads at about −145 nats and compressed data at most at −5, so a threshold of 6 separates them; text,
/// UTF-16 and tables must be kept away by the caller. About a millisecond for 512 bytes: a last stage.
/// </remarks>
public static class RepeatingXor
{
    /// <summary>Bytes of the sample that are read: 512 find keys of up to 64 bytes, and cost grows with length.</summary>
    public const int Window = 512;

    /// <summary>Least bytes per column: with fewer the key's cost outweighs the columns' evidence.</summary>
    private const int LeastColumn = 5;

    private const int LongestConsecutive = 32;
    private const int Values = 256;

    private static ReadOnlySpan<int> LongKeys => [40, 48, 64];

    /// <summary>Reads a sample.</summary>
    /// <param name="sample">Any bytes; the first <see cref="Window"/> are read.</param>
    public static XorReading Read(ReadOnlySpan<byte> sample)
    {
        sample = sample[..Math.Min(sample.Length, Window)];
        var best = new XorReading(0, double.NegativeInfinity, 0, 0, false, true);
        if (sample.IsEmpty)
        {
            return best;
        }

        Span<byte> key = stackalloc byte[LongKeys[^1]];
        Span<byte> bestKey = stackalloc byte[LongKeys[^1]];
        foreach (var model in XorModel.All)
        {
            var raw = Math.Max(0, RawEvidence(sample, model));
            for (var i = 1; i <= LongestConsecutive + LongKeys.Length; i++)
            {
                var length = i <= LongestConsecutive ? i : LongKeys[i - LongestConsecutive - 1];
                if (length * LeastColumn > sample.Length)
                {
                    break;
                }

                var evidence = Columns(sample, length, model, key) - (length * Math.Log(Values)) - raw;
                if (evidence > best.Evidence)
                {
                    best = best with { KeyLength = length, Evidence = evidence, IsText = model.IsText };
                    key[..length].CopyTo(bestKey);
                }
            }
        }

        return Decrypt(sample, best, bestKey[..best.KeyLength]);
    }

    private static double RawEvidence(ReadOnlySpan<byte> sample, XorModel model)
    {
        double sum = 0;
        foreach (var value in sample)
        {
            sum += model.Rows[value * Values];
        }

        return sum;
    }

    private static double Columns(ReadOnlySpan<byte> sample, int length, XorModel model, Span<byte> key)
    {
        Span<float> sums = stackalloc float[Values];
        double evidence = 0;
        for (var column = 0; column < length; column++)
        {
            for (var from = 0; from < Values; from += KeyColumns.Chunk)
            {
                KeyColumns.SumRows(sample, column, length, ref model.Rows[from], ref sums[from]);
            }

            var at = KeyColumns.FirstLargest(sums);
            key[column] = (byte)at;
            evidence += sums[at];
        }

        return evidence;
    }

    private static XorReading Decrypt(ReadOnlySpan<byte> sample, XorReading reading, ReadOnlySpan<byte> key)
    {
        int printable = 0, zeros = 0;
        for (var i = 0; i < sample.Length && !key.IsEmpty; i++)
        {
            var plain = (byte)(sample[i] ^ key[i % key.Length]);
            printable += PrintableBytes.Is(plain) ? 1 : 0;
            zeros += plain == 0 ? 1 : 0;
        }

        return reading with
        {
            Printable = (double)printable / sample.Length,
            Zeros = (double)zeros / sample.Length,
            KeyIsCaseOnly = key.IndexOfAnyExcept((byte)0, (byte)0x20) < 0,
        };
    }
}
