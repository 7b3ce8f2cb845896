using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CipherWatch.Core.Identity;

/// <summary>
/// SipHash-1-3 with 128 bits of output: a keyed hash that costs little on inputs of a few hundred bytes.
/// </summary>
/// <remarks>
/// Source: J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF". One round a word and three at the end, as the
/// Rust compiler hashes with, whose published vectors are the tests.
/// </remarks>
internal static class SipHash
{
    private const int WordBytes = sizeof(ulong);

    // The ASCII of "somepseudorandomlygeneratedbytes", as the paper has it.
    private const ulong Initial0 = 0x736f6d6570736575;
    private const ulong Initial1 = 0x646f72616e646f6d;
    private const ulong Initial2 = 0x6c7967656e657261;
    private const ulong Initial3 = 0x7465646279746573;

    // What sets the 128-bit variant apart from the 64-bit one, and its second half from its first.
    private const ulong WideStart = 0xee;
    private const ulong WideFinal = 0xee;
    private const ulong WideSecond = 0xdd;

    /// <summary>The hash; its bytes in big-endian order are what the vectors list.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="key0">First eight bytes of the key, little-endian.</param>
    /// <param name="key1">Last eight bytes of the key, little-endian.</param>
    public static UInt128 Hash128(ReadOnlySpan<byte> data, ulong key0, ulong key1)
    {
        ulong v0 = Initial0 ^ key0;
        ulong v1 = Initial1 ^ key1 ^ WideStart;
        ulong v2 = Initial2 ^ key0;
        ulong v3 = Initial3 ^ key1;
        ReadOnlySpan<byte> rest = data;
        while (rest.Length >= WordBytes)
        {
            Compress(BinaryPrimitives.ReadUInt64LittleEndian(rest), ref v0, ref v1, ref v2, ref v3);
            rest = rest[WordBytes..];
        }

        // The last word holds what is left and, in its highest byte, the length.
        ulong last = (ulong)data.Length << 56;
        for (int index = 0; index < rest.Length; index++)
        {
            last |= (ulong)rest[index] << (8 * index);
        }

        Compress(last, ref v0, ref v1, ref v2, ref v3);
        v2 ^= WideFinal;
        ThreeRounds(ref v0, ref v1, ref v2, ref v3);
        ulong first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= WideSecond;
        ThreeRounds(ref v0, ref v1, ref v2, ref v3);
        ulong second = v0 ^ v1 ^ v2 ^ v3;
        return new(BinaryPrimitives.ReverseEndianness(first), BinaryPrimitives.ReverseEndianness(second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compress(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    // Written out and inlined: a loop would take the four words' addresses and keep them in memory throughout.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThreeRounds(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v2 += v3;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
