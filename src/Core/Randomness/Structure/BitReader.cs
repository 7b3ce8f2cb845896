namespace CipherWatch.Core.Randomness.Structure;

/// <summary>Bits of a byte string, least significant first, as deflate packs them. Past the end it reads zeros and says so.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Whether bits were asked for past the end.</summary>
    public bool CutOff { get; private set; }

    /// <summary>Takes bits, least significant first.</summary>
    public int Take(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++, _at++)
        {
            if (_at >> 3 >= _bytes.Length)
            {
                CutOff = true;
                return value;
            }

            value |= (_bytes[_at >> 3] >> (_at & 7) & 1) << i;
        }

        return value;
    }
}
