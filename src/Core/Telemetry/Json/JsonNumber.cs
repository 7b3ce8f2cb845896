using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>Finds where a JSON number ends: it has no quotes to say so.</summary>
internal static class JsonNumber
{
    /// <summary>Offset behind the characters of a number that starts at <paramref name="at"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int End(ReadOnlySpan<byte> text, int at)
    {
        if (text.Length - at >= Vector256<byte>.Count)
        {
            // '+' to '9' are the number's own but for the comma and the slash; the letter is in either case.
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at);
            Vector256<byte> inRange = Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)'+'), Vector256.Create((byte)('9' - '+')));
            Vector256<byte> others =
                Vector256.Equals(bytes, Vector256.Create((byte)',')) | Vector256.Equals(bytes, Vector256.Create((byte)'/'));
            Vector256<byte> exponent = Vector256.Equals(bytes | Vector256.Create((byte)0x20), Vector256.Create((byte)'e'));
            uint ends = ~((inRange & ~others) | exponent).ExtractMostSignificantBits();
            if (ends != 0)
            {
                return at + BitOperations.TrailingZeroCount(ends);
            }
        }

        return OneByOne(text, at);
    }

    private static int OneByOne(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (>= (byte)'0' and <= (byte)'9')
            or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E')
        {
            at++;
        }

        return at;
    }
}
