using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// What a field of a record says, whichever way a shipper wrote it: an array of one value is that value; <c>null</c>, <c>""</c>,
/// <c>"-"</c>, <c>"(empty)"</c> and <c>[]</c> are no value, as if the field were absent.
/// </summary>
internal static class JsonScalars
{
    private static ReadOnlySpan<byte> Empty => "(empty)"u8;

    /// <summary>The field as it is read.</summary>
    /// <param name="text">The record.</param>
    /// <param name="value">Its value as written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldSpan Settle(ReadOnlySpan<byte> text, FieldSpan value) => IsSettled(value) ? value : SettleOdd(text, value);

    /// <summary>Whether a value is read as it is written, by its form and its length: what nearly every value is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSettled(FieldSpan value) => value.Form == FieldForm.Plain ? value.Length > 1 && value.Length != Empty.Length
        : value.Form < FieldForm.Null || value.Form == FieldForm.Object;

    /// <summary>A field of a list by nature: one element, which was taken for the value, is the list of it again.</summary>
    public static FieldSpan List(ReadOnlySpan<byte> text, FieldSpan value)
    {
        if (value.Form is FieldForm.Array or FieldForm.Absent or FieldForm.Null || value.Start == 0)
        {
            return value;
        }

        int before = text[..(value.IsText ? value.Start - 1 : value.Start)].LastIndexOfAnyExcept(" \t\r\n"u8);
        return before >= 0 && text[before] == (byte)'[' ? new(before, value.Start + value.Length - before, FieldForm.Array) : value;
    }

    /// <summary>
    /// The field as it is read, of one that may be particular: a list stays a list, and of a message no text stands for none.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FieldSpan Settle(ReadOnlySpan<byte> text, FieldSpan value, TopLevelNature nature) => value.Form switch
    {
        _ when (nature & (TopLevelNature.List | TopLevelNature.Message)) == 0 => SettleOdd(text, value),
        FieldForm.Null => None(value),
        FieldForm.Array when (nature & TopLevelNature.List) == 0 => Single(text, value),
        _ => value,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FieldSpan SettleOdd(ReadOnlySpan<byte> text, FieldSpan value) => value.Form switch
    {
        FieldForm.Plain => IsNone(text, value) ? None(value) : value,
        FieldForm.Array => Single(text, value),
        FieldForm.Null => None(value),
        _ => value,
    };

    private static bool IsNone(ReadOnlySpan<byte> text, FieldSpan value) => value.Length switch
    {
        0 => true,
        1 => text[value.Start] == (byte)'-',
        _ => value.Of(text).SequenceEqual(Empty),
    };

    private static FieldSpan None(FieldSpan value) => new(value.Start, 0, FieldForm.Null);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FieldSpan Single(ReadOnlySpan<byte> text, FieldSpan list)
    {
        JsonScanner elements = JsonScanner.OverArray(text, list.Start);
        if (!elements.NextElement(out FieldSpan first))
        {
            return elements.Status == JsonStatus.Complete ? None(list) : list;
        }

        return first.Form is not (FieldForm.Object or FieldForm.Array) && !elements.NextElement(out _)
            && elements.Status == JsonStatus.Complete ? Settle(text, first) : list;
    }
}
