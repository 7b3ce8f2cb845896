using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>
/// Shannon entropy of a histogram as it stands (the "plug-in" estimate): log2 n − (1/n)·Σ c·log2 c.
/// </summary>
/// <remarks>
/// c·log2 c comes from tables of integers: a sum of integers is the same in any order and on any machine. Counts below 16,
/// which is all of them in short random samples, are looked up 32 at a time in steps of 2⁻¹⁰; others one by one in steps
/// of 2⁻¹⁶. Rounding moves the entropy by less than 10⁻³ of its standard deviation.
/// </remarks>
public static class PluginEntropy
{
    private const int SmallCounts = 16;

    /// <summary>Cells taken at a time.</summary>
    private const int Block = 32;

    /// <summary>The block that ends the cells of ASCII.</summary>
    private const int LettersEnd = 96;

    private const double SmallStep = 1.0 / 1024;
    private const int TableSize = 2048;
    private const uint TableMask = TableSize - 1;
    private const double TableStep = 1.0 / 65536;

    // Largest entry 2047·log2 2047 < 22,600; × 2^16 < 2^31, and a sum over counts that add up to n < 2048 is no larger.
    private static readonly int[] Table = MakeTable();

    // 15·log2 15 × 2^10 = 60,008 fits 16 bits, held as low and high bytes, once for each half of a 256-bit shuffle.
    private static readonly Vector256<byte> Low = MakeSmall(high: false);
    private static readonly Vector256<byte> High = MakeSmall(high: true);

    /// <summary>Entropy in bits per byte; 0 for no bytes.</summary>
    /// <param name="counts">256 counts that add up to <paramref name="total"/>.</param>
    /// <param name="total">Bytes counted.</param>
    public static double Of(ReadOnlySpan<uint> counts, long total)
    {
        if (total <= 0)
        {
            return 0;
        }

        if (counts.Length != ByteHistogram.Cells)
        {
            throw new ArgumentException("A histogram has 256 cells.", nameof(counts));
        }

        double sum = TrySmall(counts, out long small) ? small * SmallStep
            : total < TableSize ? Medium(counts) * TableStep
            : Large(counts);
        return Math.Max(0, Math.Log2(total) - (sum / total));
    }

    /// <summary>Σ c·log2 c in small steps when no count reaches 16.</summary>
    private static bool TrySmall(ReadOnlySpan<uint> counts, out long sum)
    {
        ref uint start = ref MemoryMarshal.GetReference(counts);
        Vector256<uint> all = default;
        Vector256<ushort> low = default, high = default;
        for (nuint i = 0; i < ByteHistogram.Cells; i += Block)
        {
            Vector256<uint> a = Vector256.LoadUnsafe(ref start, i);
            Vector256<uint> b = Vector256.LoadUnsafe(ref start, i + 8);
            Vector256<uint> c = Vector256.LoadUnsafe(ref start, i + 16);
            Vector256<uint> d = Vector256.LoadUnsafe(ref start, i + 24);
            all |= a | b | c | d;
            if (i == LettersEnd && Vector256.GreaterThanAny(all, Vector256.Create(SmallCounts - 1u)))
            {
                // Text shows by its letters, and need not be read further.
                break;
            }

            // Which cell a byte came from does not matter to the sum: four words are laid into one by shifts.
            Vector256<byte> packed = (a | (b << 8) | (c << 16) | (d << 24)).AsByte();
            Vector256<byte> lows = Look(Low, packed);
            Vector256<byte> highs = Look(High, packed);
            low += (lows.AsUInt16() & Vector256.Create((ushort)0xFF)) + (lows.AsUInt16() >> 8);
            high += (highs.AsUInt16() & Vector256.Create((ushort)0xFF)) + (highs.AsUInt16() >> 8);
        }

        if (Vector256.GreaterThanAny(all, Vector256.Create(SmallCounts - 1u)))
        {
            sum = 0;
            return false;
        }

        // Sixteen lanes of at most 16 · 255 each: one lane more is still far from 2^16.
        sum = Vector256.Sum(low) + ((long)Vector256.Sum(high) << 8);
        return true;
    }

    /// <summary>Table entry of each byte; both halves of the table are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Look(Vector256<byte> table, Vector256<byte> bytes) => Avx2.IsSupported
        ? Avx2.Shuffle(table, bytes)
        : Vector256.Create(
            Vector128.ShuffleNative(table.GetLower(), bytes.GetLower()),
            Vector128.ShuffleNative(table.GetLower(), bytes.GetUpper()));

    private static int Medium(ReadOnlySpan<uint> counts)
    {
        // No count exceeds a true total, which is below the table's size; the mask keeps a false one inside the table.
        // Four sums keep the loads independent. Text leaves most of the cells empty, 32 at a time.
        ref uint count = ref MemoryMarshal.GetReference(counts);
        ref int table = ref MemoryMarshal.GetArrayDataReference(Table);
        int a = 0, b = 0, c = 0, d = 0;
        for (nuint block = 0; block < ByteHistogram.Cells; block += Block)
        {
            if (IsEmpty(ref Unsafe.Add(ref count, block)))
            {
                continue;
            }

            for (nuint i = block; i < block + Block; i += 4)
            {
                a += Unsafe.Add(ref table, (nuint)(Unsafe.Add(ref count, i) & TableMask));
                b += Unsafe.Add(ref table, (nuint)(Unsafe.Add(ref count, i + 1) & TableMask));
                c += Unsafe.Add(ref table, (nuint)(Unsafe.Add(ref count, i + 2) & TableMask));
                d += Unsafe.Add(ref table, (nuint)(Unsafe.Add(ref count, i + 3) & TableMask));
            }
        }

        return a + b + c + d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsEmpty(ref uint block) =>
        (Vector256.LoadUnsafe(ref block) | Vector256.LoadUnsafe(ref block, 8)
            | Vector256.LoadUnsafe(ref block, 16) | Vector256.LoadUnsafe(ref block, 24)) == default;

    private static double Large(ReadOnlySpan<uint> counts)
    {
        double sum = 0;
        foreach (uint count in counts)
        {
            sum += count < TableSize ? Table[count] * TableStep : count * Math.Log2(count);
        }

        return sum;
    }

    private static int[] MakeTable()
    {
        int[] table = new int[TableSize];
        for (int count = 2; count < TableSize; count++)
        {
            table[count] = (int)Math.Round(count * Math.Log2(count) / TableStep);
        }

        return table;
    }

    private static Vector256<byte> MakeSmall(bool high)
    {
        Span<byte> bytes = stackalloc byte[Vector256<byte>.Count];
        for (int i = 0; i < bytes.Length; i++)
        {
            int count = i % SmallCounts;
            int entry = count < 2 ? 0 : (int)Math.Round(count * Math.Log2(count) / SmallStep);
            bytes[i] = (byte)(high ? entry >> 8 : entry);
        }

        return Vector256.Create<byte>(bytes);
    }
}
