using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>A value that a record gives to its template.</summary>
/// <param name="Type">Its type.</param>
/// <param name="At">Offset within the chunk.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct FragmentValue(BinXmlType Type, int At, int Length);

/// <summary>The values of one fragment.</summary>
/// <remarks>Only their lengths are written, so that finding one means to add up those before it. Templates take them in order.</remarks>
internal ref struct FragmentValues(ReadOnlySpan<byte> chunk, BinXmlFragment fragment)
{
    private readonly ReadOnlySpan<byte> _descriptors =
        chunk.Slice(fragment.DescriptorsAt, fragment.Values * BinXmlFragment.DescriptorBytes);

    private readonly int _first = fragment.ValuesAt;
    private int _number;
    private int _at = fragment.ValuesAt;

    /// <summary>A value by its number; null where the record has fewer.</summary>
    /// <param name="number">Zero-based.</param>
    /// <param name="steps">Lessened by what looking for it costs.</param>
    public FragmentValue Find(int number, ref int steps)
    {
        if (number >= _descriptors.Length / BinXmlFragment.DescriptorBytes)
        {
            return default;
        }

        if (number < _number)
        {
            (_number, _at) = (0, _first);
        }

        steps -= number - _number;
        for (; _number < number; _number++)
        {
            _at += LengthOf(_number);
        }

        return new((BinXmlType)_descriptors[(number * BinXmlFragment.DescriptorBytes) + sizeof(ushort)], _at, LengthOf(number));
    }

    private readonly int LengthOf(int number) =>
        BinaryPrimitives.ReadUInt16LittleEndian(_descriptors[(number * BinXmlFragment.DescriptorBytes)..]);
}
