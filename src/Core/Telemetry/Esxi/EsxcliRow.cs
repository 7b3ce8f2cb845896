namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>A row that is put together from lines: its fields as bytes, in memory that is used again.</summary>
internal sealed class EsxcliRow
{
    /// <summary>Bytes of one value that are kept: an IPv6 address with a zone and a port.</summary>
    private const int MaxValueLength = 96;

    private readonly byte[] _values = new byte[EsxcliFields.Count * MaxValueLength];
    private readonly int[] _lengths = new int[EsxcliFields.Count];

    /// <summary>Which row of its listing it is, as written; −1 for none.</summary>
    public long Index { get; set; } = -1;

    /// <summary>The field whose value comes next (XML).</summary>
    public EsxcliField? Open { get; set; }

    /// <summary>Whether lines of a connection's element are being read (XML).</summary>
    public bool IsInside { get; set; }

    /// <summary>Whether any field is set.</summary>
    public bool HasAny { get; private set; }

    /// <summary>A field's value, trimmed.</summary>
    public ReadOnlySpan<byte> this[EsxcliField field] => _values.AsSpan((int)field * MaxValueLength, _lengths[(int)field]);

    /// <summary>Sets a field; of a value that is too long, its start.</summary>
    public void Set(EsxcliField field, ReadOnlySpan<byte> value)
    {
        value = value.Trim((byte)' ');
        value = value[..Math.Min(value.Length, MaxValueLength)];
        value.CopyTo(_values.AsSpan((int)field * MaxValueLength));
        _lengths[(int)field] = value.Length;
        HasAny = true;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Array.Clear(_lengths);
        (Index, Open, IsInside, HasAny) = (-1, null, false, false);
    }
}
