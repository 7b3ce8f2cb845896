namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Message lengths of a flow that are whole blocks of a padded block cipher, all with the same few bytes of header.
/// </summary>
public static class BlockShape
{
    /// <summary>
    /// Fewest different lengths that must agree. Lengths without such a shape agree modulo 8 by chance in 1 of 8⁷, which
    /// is 1 in two million, and for any of 8 remainders.
    /// </summary>
    public const int MinDistinct = 8;

    /// <summary>The block size, 16 or 8, that all lengths are a multiple of, plus one constant below the block size.</summary>
    /// <param name="lengths">Payload lengths of one direction in bytes; repetitions count once, zeros not at all.</param>
    /// <returns>16 or 8, or null where lengths are too few or do not agree.</returns>
    public static int? Multiple(ReadOnlySpan<int> lengths)
    {
        HashSet<int> distinct = new HashSet<int>();
        foreach (int length in lengths)
        {
            if (length > 0)
            {
                distinct.Add(length);
            }
        }

        if (distinct.Count < MinDistinct)
        {
            return null;
        }

        return Agree(distinct, 16) ? 16 : Agree(distinct, 8) ? 8 : null;
    }

    private static bool Agree(HashSet<int> lengths, int block)
    {
        int remainder = -1;
        foreach (int length in lengths)
        {
            if (remainder >= 0 && length % block != remainder)
            {
                return false;
            }

            remainder = length % block;
        }

        return true;
    }
}
