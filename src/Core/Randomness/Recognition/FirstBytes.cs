using CipherWatch.Core.Randomness.Statistics;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>
/// Names what a sample is by its first bytes. The tables it reads are <see cref="ProtocolSignatures"/> and
/// <see cref="ContainerSignatures"/>: a new format is one row there.
/// </summary>
internal static class FirstBytes
{
    // Rows by carrier and first byte, in table order: a sample is compared with the few that these allow.
    private static readonly Row[][][] Index = [.. Enum.GetValues<Transport>().Select(ByFirstByte)];

    /// <summary>The first matching row, or null.</summary>
    public static Signature? Recognise(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (sample.IsEmpty)
        {
            return null;
        }

        ulong head = Signature.Head(sample);
        foreach (ref readonly Row row in Index[(int)context.Transport][sample[0]].AsSpan())
        {
            if ((head & row.HeadMask) == row.HeadValue
                && row.ProbeAt < sample.Length && (sample[row.ProbeAt] & row.ProbeMask) == row.ProbeValue
                && row.Signature.Matches(sample, context))
            {
                return row.Signature;
            }
        }

        return null;
    }

    private static Row[][] ByFirstByte(Transport transport)
    {
        Signature[] all = [.. ProtocolSignatures.Rows, .. ContainerSignatures.Rows];
        Row[][] index = new Row[ByteHistogram.Cells][];
        for (int first = 0; first < index.Length; first++)
        {
            index[first] =
            [
                .. all.Where(row => row.CanBeginWith((byte)first) && row.CanBeCarriedBy(transport))
                    .Select(row => new Row(row.HeadMask, row.HeadValue, row.ProbeAt, row.ProbeMask, row.ProbeValue, row)),
            ];
        }

        return index;
    }

    /// <summary>A signature with what most samples already differ in, side by side in memory.</summary>
    private readonly record struct Row(ulong HeadMask, ulong HeadValue, int ProbeAt, byte ProbeMask, byte ProbeValue, Signature Signature);
}
