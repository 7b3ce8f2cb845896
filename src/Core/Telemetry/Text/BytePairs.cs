using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>
/// Pairs of bytes, one out of each of the texts that are looked for: whether any of them may stand in a text is told in one pass over it,
/// where looking for each takes many.
/// </summary>
/// <param name="pairs">The pairs, two ASCII letters each.</param>
internal sealed class BytePairs(params string[] pairs)
{
    private readonly (Vector256<byte> First, Vector256<byte> Second)[] _pairs =
        [.. pairs.Select(pair => (Vector256.Create((byte)pair[0]), Vector256.Create((byte)pair[1])))];

    /// <summary>Whether a text holds one of the pairs; a text too short for the pass may hold any.</summary>
    public bool MayStandIn(ReadOnlySpan<byte> text)
    {
        if (text.Length <= Vector256<byte>.Count)
        {
            return true;
        }

        ref byte start = ref MemoryMarshal.GetReference(text);
        nuint last = (nuint)(text.Length - Vector256<byte>.Count - 1);
        for (nuint at = 0; ; at = Math.Min(at + (nuint)Vector256<byte>.Count, last))
        {
            // A byte and the one behind it. The loop keeps both in the text.
            Vector256<byte> first = Vector256.LoadUnsafe(ref start, at);
            Vector256<byte> second = Vector256.LoadUnsafe(ref start, at + 1);
            Vector256<byte> found = default;
            foreach ((Vector256<byte> one, Vector256<byte> other) in _pairs)
            {
                found |= Vector256.Equals(first, one) & Vector256.Equals(second, other);
            }

            if (found != Vector256<byte>.Zero)
            {
                return true;
            }

            if (at == last)
            {
                return false;
            }
        }
    }
}
