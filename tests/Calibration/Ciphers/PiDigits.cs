using System.Numerics;

namespace CipherWatch.Calibration.Ciphers;

/// <summary>The fraction of π in 32-bit words, which is how Blowfish's tables are defined.</summary>
internal static class PiDigits
{
    /// <summary>The first words after the point.</summary>
    public static uint[] Words(int count)
    {
        // Machin: π = 16·atan(1/5) − 4·atan(1/239), in fixed point with a few spare words for rounding.
        int bits = (count + 4) * 32;
        BigInteger pi = (16 * Arctangent(5, bits)) - (4 * Arctangent(239, bits));
        BigInteger fraction = pi - (3 * (BigInteger.One << bits));
        uint[] words = new uint[count];
        for (int i = 0; i < count; i++)
        {
            words[i] = (uint)((fraction >> (bits - (32 * (i + 1)))) & uint.MaxValue);
        }

        return words;
    }

    private static BigInteger Arctangent(int inverse, int bits)
    {
        BigInteger term = (BigInteger.One << bits) / inverse;
        BigInteger sum = term;
        int square = inverse * inverse;
        for (int n = 3; !term.IsZero; n += 2)
        {
            term /= square;
            sum += n % 4 == 3 ? -(term / n) : term / n;
        }

        return sum;
    }
}
