using System.Runtime.CompilerServices;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Randomness;

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
        var count = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var blocks = MemoryMarshal.Cast<byte, Vector256<byte>>(sample);
            foreach (var block in blocks)
            {
                var text = Vector256.LessThan(block - Vector256.Create(First), Vector256.Create(Span))
                    | Vector256.Equals(block, Vector256.Create((byte)'\n'))
                    | Vector256.Equals(block, Vector256.Create((byte)'\r'))
                    | Vector256.Equals(block, Vector256.Create((byte)'\t'));
                count += BitOperations.PopCount(text.ExtractMostSignificantBits());
            }

            sample = sample[(blocks.Length * Vector256<byte>.Count)..];
        }

        foreach (var value in sample)
        {
            count += Is(value) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Printable bytes of a histogram.</summary>
    /// <param name="counts">256 counts.</param>
    public static long Count(ReadOnlySpan<uint> counts)
    {
        long count = 0;
        for (var value = 0; value < counts.Length; value++)
        {
            count += Is((byte)value) ? counts[value] : 0;
        }

        return count;
    }

    /// <summary>Longest run of printable bytes.</summary>
    /// <param name="sample">Any bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int LongestRun(ReadOnlySpan<byte> sample)
    {
        int longest = 0, run = 0;
        foreach (var value in sample)
        {
            run = Is(value) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
