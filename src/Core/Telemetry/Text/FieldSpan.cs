namespace CipherWatch.Core.Telemetry.Text;

/// <summary>How a field's bytes are written, and so how they are read back.</summary>
internal enum FieldForm : byte
{
    /// <summary>The record does not have the field.</summary>
    Absent = 0,

    /// <summary>Text as it stands.</summary>
    Plain,

    /// <summary>Text with JSON escapes in it.</summary>
    JsonEscaped,

    /// <summary>Text with XML entities in it.</summary>
    XmlEscaped,

    /// <summary>A JSON number, as written.</summary>
    Number,

    /// <summary>JSON <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>JSON <c>null</c>.</summary>
    Null,

    /// <summary>A JSON object, braces included.</summary>
    Object,

    /// <summary>A JSON array, brackets included.</summary>
    Array,
}

/// <summary>Where a field's value stands in its record: fields are spans into its bytes until something is made of them.</summary>
/// <param name="Start">Offset of the first byte within the record.</param>
/// <param name="Length">Bytes of the value, quotes excluded.</param>
/// <param name="Form">How it is written.</param>
internal readonly record struct FieldSpan(int Start, int Length, FieldForm Form)
{
    /// <summary>Whether the record says anything here: present and not JSON null.</summary>
    public bool HasValue => Form is not FieldForm.Absent and not FieldForm.Null;

    /// <summary>Whether it is text in some form.</summary>
    public bool IsText => Form is FieldForm.Plain or FieldForm.JsonEscaped or FieldForm.XmlEscaped;

    /// <summary>The raw bytes of the value within its record.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> record) => record.Slice(Start, Length);
}
