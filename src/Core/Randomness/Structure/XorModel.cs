namespace CipherWatch.Core.Randomness;

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
    public static readonly XorModel Text = new(XorModelTables.Text);

    /// <summary>Program code.</summary>
    public static readonly XorModel Binary = new(XorModelTables.Binary);

    private XorModel(ReadOnlySpan<sbyte> table)
    {
        Rows = new float[Values * Values];
        for (var value = 0; value < Values; value++)
        {
            for (var key = 0; key < Values; key++)
            {
                Rows[(value * Values) + key] = table[value ^ key] * NatsPerStep;
            }
        }
    }

    /// <summary>256 rows of 256.</summary>
    public float[] Rows { get; }
}
