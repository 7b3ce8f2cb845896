namespace CipherWatch.Core.Randomness;

/// <summary>
/// Names what a sample is by its first bytes. The tables it reads are <see cref="ProtocolSignatures"/> and
/// <see cref="ContainerSignatures"/>: a new format is one row there.
/// </summary>
internal static class FirstBytes
{
    // Rows by carrier and first byte, in table order: a sample is compared with the few that these allow.
    private static readonly Signature[][][] Index = [.. Enum.GetValues<Transport>().Select(ByFirstByte)];

    /// <summary>The first matching row, or null.</summary>
    public static Signature? Recognise(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (sample.IsEmpty)
        {
            return null;
        }

        foreach (var row in Index[(int)context.Transport][sample[0]])
        {
            if (row.Matches(sample, context))
            {
                return row;
            }
        }

        return null;
    }

    private static Signature[][] ByFirstByte(Transport transport)
    {
        Signature[] all = [.. ProtocolSignatures.Rows, .. ContainerSignatures.Rows];
        var index = new Signature[ByteHistogram.Cells][];
        for (var first = 0; first < index.Length; first++)
        {
            index[first] = [.. all.Where(row => row.CanBeginWith((byte)first) && row.CanBeCarriedBy(transport))];
        }

        return index;
    }
}
