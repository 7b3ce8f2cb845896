using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Wire protocols of data stores.</summary>
internal static class DatabaseMessages
{
    /// <summary>MySQL's greeting: packet 0, protocol 10, a version that begins with a digit.</summary>
    public static bool IsMySqlGreeting(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U8(5) is >= '0' and <= '9' && sample.U8(6) is '.' or (>= '0' and <= '9');

    /// <summary>MongoDB: little-endian length and one of its operations at offset 12.</summary>
    public static bool IsMongo(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length >= 16 && sample[3] == 0 && sample.U32Little(0) is >= 16 and < 48_000_000
        && sample.U32Little(12) is 1 or (>= 2001 and <= 2013);

    /// <summary>Oracle's transparent network substrate: connect, accept, refuse, redirect, resend.</summary>
    public static bool IsTns(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[4] is 1 or 2 or 4 or 5 or 11 && sample.U16(0) is >= 8 and <= 8192 && Fits(sample.U16(0), sample, context);
}
