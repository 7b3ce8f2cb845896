namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>What a step of a template does.</summary>
internal enum BindingKind : byte
{
    /// <summary>A value begins, empty.</summary>
    Begin,

    /// <summary>Text of the template is put behind it.</summary>
    Text,

    /// <summary>One character is.</summary>
    Character,

    /// <summary>A value of the record is.</summary>
    Substitution,

    /// <summary>A value of the record stands among elements: it matters if it is binary XML.</summary>
    Nested,
}

/// <summary>One step of what a template makes of a record's values: only those steps are kept that lead to a value that is taken.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Slot">The value that it is part of, an <see cref="EventSlot"/>.</param>
/// <param name="At">Offset of the text within the chunk, number of the record's value, or the character.</param>
/// <param name="Length">Bytes of the text.</param>
internal readonly record struct TemplateBinding(BindingKind Kind, EventPlace Place, short Slot, int At, int Length = 0);
