using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>Keeps what is too long for one dead letter in parts, which follow one another.</summary>
internal static class DeadLetterParts
{
    /// <summary>Writes the pieces that an input ends with; a letter without bytes where there are none.</summary>
    /// <param name="deadLetters">Where to.</param>
    /// <param name="input">What the input is called.</param>
    /// <param name="end">Bytes of it, the pieces included.</param>
    /// <param name="source">The format it was read as.</param>
    /// <param name="reason">Why they could not be used.</param>
    /// <param name="pieces">The pieces, in order.</param>
    public static void Write(IDeadLetterSink deadLetters, string input, long end, string source, string reason, List<byte[]> pieces)
    {
        long offset = end - pieces.Sum(piece => (long)piece.Length);
        for (int part = 0; part < Math.Max(1, pieces.Count); part++)
        {
            byte[] piece = pieces.Count == 0 ? [] : pieces[part];
            deadLetters.Write(new(new(input, 0, offset), source, reason, part, piece));
            offset += piece.Length;
        }
    }
}
