using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Randomness.Structure;

/// <summary>The inner loops of the XOR key search: sums over one column for all key bytes, and the best of them.</summary>
/// <remarks>Optimised at first call: a run over one capture is over before the runtime would have found them hot.</remarks>
internal static class KeyColumns
{
    /// <summary>Key bytes that are summed at a time.</summary>
    public const int Chunk = 64;

    private const int Values = 256;

    /// <summary>Index of the largest of 256 sums, the first where several are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FirstLargest(ReadOnlySpan<float> sums)
    {
        ref float start = ref MemoryMarshal.GetReference(sums);
        Vector256<float> largest = Vector256.LoadUnsafe(ref start);
        for (nuint i = 8; i < Values; i += 8)
        {
            largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref start, i));
        }

        float top = largest[0];
        for (int lane = 1; lane < Vector256<float>.Count; lane++)
        {
            top = Math.Max(top, largest[lane]);
        }

        for (nuint i = 0; i < Values; i += 8)
        {
            uint equal = Vector256.Equals(Vector256.LoadUnsafe(ref start, i), Vector256.Create(top)).ExtractMostSignificantBits();
            if (equal != 0)
            {
                return (int)i + BitOperations.TrailingZeroCount(equal);
            }
        }

        return 0;
    }

    /// <summary>
    /// Adds up the rows of one column for 64 key bytes: row b holds, for every key byte κ, the evidence of b ^ κ. Eight
    /// sums stay in registers while the rows go by.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows(ReadOnlySpan<byte> sample, int column, int step, ref float rows, ref float sums)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int i = column; i < sample.Length; i += step)
        {
            ref float row = ref Unsafe.Add(ref rows, sample[i] * Values);
            a += Vector256.LoadUnsafe(ref row);
            b += Vector256.LoadUnsafe(ref row, 8);
            c += Vector256.LoadUnsafe(ref row, 16);
            d += Vector256.LoadUnsafe(ref row, 24);
            e += Vector256.LoadUnsafe(ref row, 32);
            f += Vector256.LoadUnsafe(ref row, 40);
            g += Vector256.LoadUnsafe(ref row, 48);
            h += Vector256.LoadUnsafe(ref row, 56);
        }

        a.StoreUnsafe(ref sums);
        b.StoreUnsafe(ref sums, 8);
        c.StoreUnsafe(ref sums, 16);
        d.StoreUnsafe(ref sums, 24);
        e.StoreUnsafe(ref sums, 32);
        f.StoreUnsafe(ref sums, 40);
        g.StoreUnsafe(ref sums, 48);
        h.StoreUnsafe(ref sums, 56);
    }
}
