namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Byte likelihoods of a kind of plaintext, laid out for the key search: row b holds, for every key byte κ, the evidence
/// in nats that b ^ κ is this kind of plaintext rather than uniform. 256 KiB a model, built on first use.
/// </summary>
internal sealed class XorModel
{
    private const int Values = 256;

    /// <summary>Unit of the tables.</summary>
    private const float NatsPerStep = 1 / 16f;

    /// <summary>Text.</summary>
    public static readonly XorModel Text = new(XorPlaintext.Text, XorModelTables.Text);

    /// <summary>Base64.</summary>
    public static readonly XorModel Base64 = new(XorPlaintext.Base64, XorModelTables.Base64);

    /// <summary>Program code.</summary>
    public static readonly XorModel Binary = new(XorPlaintext.Code, XorModelTables.Binary);

    private XorModel(XorPlaintext plaintext, ReadOnlySpan<sbyte> table)
    {
        Plaintext = plaintext;
        Rows = new float[Values * Values];
        for (int value = 0; value < Values; value++)
        {
            for (int key = 0; key < Values; key++)
            {
                Rows[(value * Values) + key] = table[value ^ key] * NatsPerStep;
            }
        }
    }

    /// <summary>The kind of plaintext.</summary>
    public XorPlaintext Plaintext { get; }

    /// <summary>256 rows of 256.</summary>
    public float[] Rows { get; }

    /// <summary>Evidence, in nats, that one byte is this kind of plaintext.</summary>
    public float Evidence(byte plain) => Rows[plain * Values];

    /// <summary>Evidence, in nats, that the bytes as they are are this kind of plaintext.</summary>
    public double Raw(ReadOnlySpan<byte> sample)
    {
        double sum = 0;
        foreach (byte value in sample)
        {
            sum += Evidence(value);
        }

        return sum;
    }

    /// <summary>The same a byte, from a histogram.</summary>
    /// <param name="counts">256 counts.</param>
    /// <param name="total">Their sum, over 0.</param>
    public double RawPerByte(ReadOnlySpan<uint> counts, int total)
    {
        double sum = 0;
        for (int value = 0; value < Values; value++)
        {
            sum += counts[value] * Rows[value * Values];
        }

        return sum / total;
    }

    /// <summary>Evidence, in nats, under the best key of a length.</summary>
    /// <param name="sample">The bytes.</param>
    /// <param name="length">Length of the key.</param>
    /// <param name="key">Room for it.</param>
    public double Columns(ReadOnlySpan<byte> sample, int length, Span<byte> key)
    {
        Span<float> sums = stackalloc float[Values];
        double evidence = 0;
        for (int column = 0; column < length; column++)
        {
            for (int from = 0; from < Values; from += KeyColumns.Chunk)
            {
                KeyColumns.SumRows(sample, column, length, ref Rows[from], ref sums[from]);
            }

            int at = KeyColumns.FirstLargest(sums);
            key[column] = (byte)at;
            evidence += sums[at];
        }

        return evidence;
    }
}
