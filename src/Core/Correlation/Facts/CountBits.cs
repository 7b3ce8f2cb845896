using System.Numerics;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Facts;

/// <summary>
/// How many different observations there were, in 24 bytes: each sets one of 192 bits, and what stays unset says how many.
/// </summary>
/// <remarks>
/// Source: linear counting, Whang et al. 1990: m · ln(m / unset). The standard error is 5 % at 50, 6 % at 200 and 8 % at 400, 12 % at 700;
/// beyond about 800 nearly every bit is set and it says no more.
/// </remarks>
/// <param name="First">Bits 0–63.</param>
/// <param name="Second">Bits 64–127.</param>
/// <param name="Third">Bits 128–191.</param>
public readonly record struct CountBits(ulong First, ulong Second, ulong Third)
{
    private const int Bits = 192;

    /// <summary>Unset bits below which the estimate is worth nothing.</summary>
    private const int MinUnset = 2;

    /// <summary>An estimate of how many were added; null where too many were.</summary>
    public long? Estimate
    {
        get
        {
            int unset = Bits - BitOperations.PopCount(First) - BitOperations.PopCount(Second) - BitOperations.PopCount(Third);
            return unset < MinUnset ? null : (long)Math.Round(Bits * Math.Log((double)Bits / unset));
        }
    }

    /// <summary>One observation.</summary>
    public static CountBits Of(ObservationId id)
    {
        // The sample ranks by the upper half of the id; this takes the lower, so that the two err apart.
        int bit = (int)(id.Sketch % Bits);
        ulong mask = 1UL << (bit % 64);
        return (bit / 64) switch
        {
            0 => new(mask, 0, 0),
            1 => new(0, mask, 0),
            _ => new(0, 0, mask),
        };
    }

    /// <summary>What either holds.</summary>
    public static CountBits operator |(CountBits left, CountBits right) =>
        new(left.First | right.First, left.Second | right.Second, left.Third | right.Third);

    /// <summary>What either holds.</summary>
    public static CountBits BitwiseOr(CountBits left, CountBits right) => left | right;
}
