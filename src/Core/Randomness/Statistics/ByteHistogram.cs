using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CipherWatch.Core.Randomness.Statistics;

/// <summary>Counts of the 256 byte values.</summary>
public static class ByteHistogram
{
    /// <summary>Cells of a histogram.</summary>
    public const int Cells = 256;

    /// <summary>Adds each byte of <paramref name="sample"/> to its cell.</summary>
    /// <param name="sample">Any bytes.</param>
    /// <param name="counts">256 cells, not cleared here.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Count(ReadOnlySpan<byte> sample, Span<uint> counts)
    {
        if (counts.Length < Cells)
        {
            throw new ArgumentException("A histogram has 256 cells.", nameof(counts));
        }

        // A byte cannot index outside 256 cells, which the JIT does not see. One load brings eight bytes.
        ref uint cell = ref MemoryMarshal.GetReference(counts);
        while (sample.Length >= sizeof(ulong))
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(sample);
            Unsafe.Add(ref cell, (nuint)(byte)eight)++;
            Unsafe.Add(ref cell, (nuint)(byte)(eight >> 8))++;
            Unsafe.Add(ref cell, (nuint)(byte)(eight >> 16))++;
            Unsafe.Add(ref cell, (nuint)(byte)(eight >> 24))++;
            Unsafe.Add(ref cell, (nuint)(byte)(eight >> 32))++;
            Unsafe.Add(ref cell, (nuint)(byte)(eight >> 40))++;
            Unsafe.Add(ref cell, (nuint)(byte)(eight >> 48))++;
            Unsafe.Add(ref cell, (nuint)(eight >> 56))++;
            sample = sample[sizeof(ulong)..];
        }

        foreach (byte value in sample)
        {
            Unsafe.Add(ref cell, (nuint)value)++;
        }
    }
}
