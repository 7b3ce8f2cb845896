using System.Buffers.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>
/// Reads the arguments of an exec: <c>a0="ls"</c>, or in parts <c>a1_len=16384 a1[0]=…</c>, over as many records as it takes.
/// </summary>
internal static class AuditArguments
{
    /// <summary>Reads the arguments of one record.</summary>
    /// <param name="fields">Its fields.</param>
    /// <param name="hasQuotes">It has values in quotes, and so is not interpreted.</param>
    /// <param name="known">Its event.</param>
    public static void Read(ref AuditFields fields, bool hasQuotes, AuditEvent known)
    {
        while (fields.Next())
        {
            ReadOnlySpan<byte> key = fields.Key;
            if (known.IsFull || key is not [(byte)'a', >= (byte)'0' and <= (byte)'9', ..]
                || !Utf8Parser.TryParse(key[1..], out int index, out int used))
            {
                continue;
            }

            ReadOnlySpan<byte> rest = key[(used + 1)..];
            int part = 0;
            bool isRaw = hasQuotes;
            if (rest is [(byte)'[', .. var inside, (byte)']'] && Utf8Parser.TryParse(inside, out int place, out int digits)
                && digits == inside.Length)
            {
                part = place;
                isRaw = true;
            }
            else if (!rest.IsEmpty)
            {
                // a1_len=16384
                continue;
            }

            known.AddArgument(index, part, AuditText.Keep(known, fields, isRaw));
        }
    }
}
