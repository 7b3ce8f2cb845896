using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>One slot for each name of an index, used for record after record.</summary>
/// <remarks>An index has hundreds of names and a record a few dozen fields: emptying only what was filled costs a tenth.</remarks>
/// <param name="index">The fields that have a slot.</param>
internal sealed class FieldSlots(TopLevelIndex index)
{
    /// <summary>Names that the records of a mixed stream have together, and each manner of writing them: a few hundred.</summary>
    private const int MaxNames = 512;

    private readonly FieldSpan[] _fields = new FieldSpan[index.Names.Count];
    private readonly short[] _filled = new short[index.Names.Count];
    private readonly TopLevelNature[] _natures = index.Natures;
    private readonly ulong[] _rows = index.Rows;
    private int _count;
    private TopLevelNature _seen;

    /// <summary>The order in which records have their fields.</summary>
    public FieldOrder Order { get; } = new(index.Names, MaxNames);

    /// <summary>The slots.</summary>
    public Span<FieldSpan> Fields => _fields;

    /// <inheritdoc cref="TopLevelIndex.TestAt"/>
    public JsonSkipTest? TestAt(int field) => index.TestAt(field);

    /// <summary>Whether a field was filled that tells of changed names.</summary>
    public bool IsTold => (_seen & TopLevelNature.Tells) != 0;

    /// <summary>The rows of the table of formats that declare one of the fields that were filled, one bit each.</summary>
    public ulong Rows { get; private set; }

    /// <summary>Empties the slots.</summary>
    public void Clear()
    {
        _seen = TopLevelNature.None;
        Rows = 0;
        foreach (short field in _filled.AsSpan(0, _count))
        {
            _fields[field] = default;
        }

        _count = 0;
        Order.Begin();
    }

    /// <summary>Fills an empty slot; false when it is filled already.</summary>
    /// <param name="text">The record.</param>
    /// <param name="field">The slot.</param>
    /// <param name="value">The value as it is written.</param>
    /// <param name="nature">What is particular of the field.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFill(ReadOnlySpan<byte> text, int field, FieldSpan value, out TopLevelNature nature)
    {
        nature = _natures[field];
        ref FieldSpan slot = ref _fields[field];
        if (slot.Form != FieldForm.Absent)
        {
            return false;
        }

        if (nature != TopLevelNature.None)
        {
            _seen |= nature;
        }

        slot = JsonScalars.IsSettled(value) ? value : JsonScalars.Settle(text, value, nature);
        _filled[_count++] = (short)field;
        Rows |= _rows[field];
        return true;
    }
}
