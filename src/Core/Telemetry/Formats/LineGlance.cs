using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>What a line of a format begins with or, where it does not, holds.</summary>
/// <param name="Begins">The bytes that it may begin with, whatever it holds.</param>
/// <param name="Holds">The signs of which it holds one, whatever it begins with.</param>
internal sealed record LineGlance(string Begins, LineSigns Holds = LineSigns.None)
{
    /// <summary>Shortest line that is looked at for signs, bytes; a shorter one is shown to every format.</summary>
    private const int MinBytes = 33;

    /// <summary>Longest one.</summary>
    private const int MaxBytes = 1024;

    /// <summary>The signs that a line holds, found in one pass over it; all where it is too short or too long to be looked at.</summary>
    public static LineSigns SignsIn(ReadOnlySpan<byte> line)
    {
        if (line.Length is < MinBytes or > MaxBytes)
        {
            return LineSigns.All;
        }

        ref byte start = ref MemoryMarshal.GetReference(line);
        Vector256<byte> feed = default, stamp = default, squid = default, bracket = default, cef = default, element = default;
        Vector256<byte> comma = default;
        nuint last = (nuint)(line.Length - MinBytes);
        for (nuint at = 0; ; at = Math.Min(at + (nuint)Vector256<byte>.Count, last))
        {
            // A byte and the one behind it. The loop keeps both in the line.
            Vector256<byte> first = Vector256.LoadUnsafe(ref start, at);
            Vector256<byte> second = Vector256.LoadUnsafe(ref start, at + 1);
            feed |= Vector256.Equals(first, Vector256.Create((byte)'\n'));
            stamp |= Vector256.Equals(first, Vector256.Create((byte)'t')) & Vector256.Equals(second, Vector256.Create((byte)'('));
            squid |= Vector256.Equals(first, Vector256.Create((byte)'q')) & Vector256.Equals(second, Vector256.Create((byte)'u'));
            bracket |= Vector256.Equals(first, Vector256.Create((byte)' ')) & Vector256.Equals(second, Vector256.Create((byte)'['));
            cef |= Vector256.Equals(first, Vector256.Create((byte)'F')) & Vector256.Equals(second, Vector256.Create((byte)':'));
            element |= Vector256.Equals(first, Vector256.Create((byte)'<')) & Vector256.Equals(second, Vector256.Create((byte)'E'));
            comma |= Vector256.Equals(first, Vector256.Create((byte)','));
            if (at == last)
            {
                break;
            }
        }

        return Sign(feed, LineSigns.LineFeed) | Sign(stamp, LineSigns.Stamp) | Sign(squid, LineSigns.Squid)
            | Sign(bracket, LineSigns.Bracket) | Sign(cef, LineSigns.Cef) | Sign(element, LineSigns.Event)
            | Sign(comma, LineSigns.Comma);
    }

    /// <summary>Whether a line may be of the format.</summary>
    /// <param name="first">Its first byte.</param>
    /// <param name="signs">The signs that it holds.</param>
    public bool MayBe(byte first, LineSigns signs) => (Holds & signs) != 0 || Begins.Contains((char)first, StringComparison.Ordinal);

    private static LineSigns Sign(Vector256<byte> found, LineSigns sign) => found == Vector256<byte>.Zero ? LineSigns.None : sign;
}
