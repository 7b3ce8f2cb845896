using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>Printable ASCII (0x20–0x7E), tab, line feed and carriage return.</summary>
public static class PrintableBytes
{
    private const byte First = 0x20;
    private const byte Span = 0x5F;

    /// <summary>Whether a byte is printable ASCII or the white space of text.</summary>
    public static bool Is(byte value) => (byte)(value - First) < Span || value is (byte)'\t' or (byte)'\n' or (byte)'\r';

    /// <summary>Printable bytes of a sample.</summary>
    /// <param name="sample">Any bytes.</param>
    public static int Count(ReadOnlySpan<byte> sample)
    {
        int count = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ReadOnlySpan<Vector256<byte>> blocks = MemoryMarshal.Cast<byte, Vector256<byte>>(sample);
            foreach (Vector256<byte> block in blocks)
            {
                Vector256<byte> text = Vector256.LessThan(block - Vector256.Create(First), Vector256.Create(Span))
                    | Vector256.Equals(block, Vector256.Create((byte)'\n'))
                    | Vector256.Equals(block, Vector256.Create((byte)'\r'))
                    | Vector256.Equals(block, Vector256.Create((byte)'\t'));
                count += BitOperations.PopCount(text.ExtractMostSignificantBits());
            }

            sample = sample[(blocks.Length * Vector256<byte>.Count)..];
        }

        foreach (byte value in sample)
        {
            count += Is(value) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Printable bytes of a histogram.</summary>
    /// <param name="counts">256 counts.</param>
    public static long Count(ReadOnlySpan<uint> counts)
    {
        if (counts.Length != ByteHistogram.Cells)
        {
            throw new ArgumentException("A histogram has 256 cells.", nameof(counts));
        }

        // The cells from space to DEL are whole vectors; two halves of each sum cannot overflow.
        Vector256<ulong> sum = default;
        foreach (Vector256<uint> cells in MemoryMarshal.Cast<uint, Vector256<uint>>(counts[First..(First + Span + 1)]))
        {
            (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(cells);
            sum += low + high;
        }

        return (long)Vector256.Sum(sum) - counts[First + Span] + counts['\t'] + counts['\n'] + counts['\r'];
    }

    /// <summary>Longest run of printable bytes.</summary>
    /// <param name="sample">Any bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int LongestRun(ReadOnlySpan<byte> sample)
    {
        int longest = 0, run = 0;
        foreach (byte value in sample)
        {
            run = Is(value) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
