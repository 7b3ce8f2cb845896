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

    /// <summary>Text and program code, in that order.</summary>
    public static readonly XorModel[] All = [new(isText: true, XorModelTables.Text), new(isText: false, XorModelTables.Binary)];

    private XorModel(bool isText, ReadOnlySpan<sbyte> table)
    {
        IsText = isText;
        Rows = new float[Values * Values];
        for (var value = 0; value < Values; value++)
        {
            for (var key = 0; key < Values; key++)
            {
                Rows[(value * Values) + key] = table[value ^ key] * NatsPerStep;
            }
        }
    }

    /// <summary>Whether this is the text model.</summary>
    public bool IsText { get; }

    /// <summary>256 rows of 256.</summary>
    public float[] Rows { get; }
}
