using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>One slot for each name of <see cref="TopLevel"/>, used for record after record.</summary>
/// <remarks>The list has hundreds of names and a record a few dozen fields: emptying only what was filled costs a tenth.</remarks>
internal sealed class FieldSlots
{
    /// <summary>Names that the records of a mixed stream have together, and each manner of writing them: a few hundred.</summary>
    private const int MostNames = 512;

    private readonly FieldSpan[] _fields = new FieldSpan[TopLevel.Names.Count];
    private readonly short[] _filled = new short[TopLevel.Names.Count];
    private int _count;

    /// <summary>The order in which records have their fields.</summary>
    public FieldOrder Order { get; } = new(TopLevel.Names, MostNames);

    /// <summary>The slots.</summary>
    public Span<FieldSpan> Fields => _fields;

    /// <summary>Empties the slots.</summary>
    public void Clear()
    {
        foreach (short index in _filled.AsSpan(0, _count))
        {
            _fields[index] = default;
        }

        _count = 0;
        Order.Begin();
    }

    /// <summary>Fills an empty slot; false when it is filled already.</summary>
    public bool TryFill(int index, FieldSpan value)
    {
        ref FieldSpan slot = ref _fields[index];
        if (slot.Form != FieldForm.Absent)
        {
            return false;
        }

        slot = value;
        _filled[_count++] = (short)index;
        return true;
    }
}
