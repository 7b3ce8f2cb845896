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
    private int _count;

    /// <summary>The order in which records have their fields.</summary>
    public FieldOrder Order { get; } = new(index.Names, MaxNames);

    /// <summary>The slots.</summary>
    public Span<FieldSpan> Fields => _fields;

    /// <inheritdoc cref="TopLevelIndex.TestAt"/>
    public JsonSkipTest? TestAt(int field) => index.TestAt(field);

    /// <summary>Empties the slots.</summary>
    public void Clear()
    {
        foreach (short field in _filled.AsSpan(0, _count))
        {
            _fields[field] = default;
        }

        _count = 0;
        Order.Begin();
    }

    /// <summary>Fills an empty slot; false when it is filled already.</summary>
    public bool TryFill(int field, FieldSpan value)
    {
        ref FieldSpan slot = ref _fields[field];
        if (slot.Form != FieldForm.Absent)
        {
            return false;
        }

        slot = value;
        _filled[_count++] = (short)field;
        return true;
    }
}
