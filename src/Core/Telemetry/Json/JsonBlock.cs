using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>64 bytes of JSON as bit masks, bit 0 for the first byte: what stands where, found with a handful of vector compares.</summary>
/// <remarks>
/// Skipping is most of the work on a hub's irrelevant records. A search per bracket and quote costs a call each; a block costs
/// the same however many it holds.
/// </remarks>
internal readonly struct JsonBlock
{
    /// <summary>Bytes a block covers.</summary>
    public const int Size = 64;

    private JsonBlock(Vector256<byte> low, Vector256<byte> high)
    {
        Quotes = Match(low, high, (byte)'"');
        Backslashes = Match(low, high, (byte)'\\');
        Newlines = Match(low, high, (byte)'\n');

        // Bit 5 is all that tells a bracket from a brace: '[' | 0x20 is '{', ']' | 0x20 is '}', and no other byte maps there.
        Vector256<byte> fold = Vector256.Create((byte)0x20);
        low |= fold;
        high |= fold;
        Opens = Match(low, high, (byte)'{');
        Closes = Match(low, high, (byte)'}');
    }

    /// <summary>Quotes, escaped ones included.</summary>
    public ulong Quotes { get; }

    /// <summary>Backslashes.</summary>
    public ulong Backslashes { get; }

    /// <summary>Line feeds.</summary>
    public ulong Newlines { get; }

    /// <summary>Opening braces and brackets.</summary>
    public ulong Opens { get; }

    /// <summary>Closing braces and brackets.</summary>
    public ulong Closes { get; }

    /// <summary>The block at an offset; bytes behind the end of the text read as zeros, which match nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JsonBlock At(ReadOnlySpan<byte> text, int at)
    {
        if (text.Length - at < Size)
        {
            return Tail(text[at..]);
        }

        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at);
        return new(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 32));
    }

    /// <summary>
    /// The bytes that a backslash before them escapes. <paramref name="carry"/> says that the first byte is escaped by the block
    /// before, and is set for the block after.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Escaped(ref bool carry)
    {
        ulong escaped = carry ? 1UL : 0;
        carry = false;
        ulong backslashes = Backslashes & ~escaped;
        while (backslashes != 0)
        {
            // Each takes the byte behind it along: a backslash there escapes nothing itself.
            ulong lowest = backslashes & (0 - backslashes);
            carry = lowest >> 63 != 0;
            escaped |= lowest << 1;
            backslashes &= ~(lowest | (lowest << 1));
        }

        return escaped;
    }

    /// <summary>Each bit the parity of the bits up to and including its own: from one quote to before the next, ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Parity(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    /// <summary>Place of the lowest bit of a mask that has one.</summary>
    public static int First(ulong mask) => BitOperations.TrailingZeroCount(mask);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JsonBlock Tail(ReadOnlySpan<byte> rest)
    {
        Span<byte> padded = stackalloc byte[Size];
        padded.Clear();
        rest.CopyTo(padded);
        return At(padded, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Match(Vector256<byte> low, Vector256<byte> high, byte value)
    {
        Vector256<byte> wanted = Vector256.Create(value);
        return Vector256.Equals(low, wanted).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32);
    }
}
