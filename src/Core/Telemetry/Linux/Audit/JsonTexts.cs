using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Keeps texts and numbers of JSON renderings in audit events.</summary>
internal static class JsonTexts
{
    /// <summary>Keeps a field's text unless one was kept before.</summary>
    public static AuditSlice Keep(AuditEvent known, AuditSlice before, ReadOnlySpan<byte> text, FieldSpan field)
    {
        if (before.Length > 0 || !field.HasValue || field.Length == 0 || known.IsFull || field.Form is FieldForm.Object or FieldForm.Array)
        {
            return before;
        }

        return Take(known, text, field);
    }

    /// <summary>Keeps the elements of a list of texts as the arguments of an exec.</summary>
    public static void Arguments(AuditEvent known, ReadOnlySpan<byte> text, FieldSpan list)
    {
        list = JsonScalars.List(text, list);
        if (list.Form != FieldForm.Array || known.Arguments.Count > 0)
        {
            return;
        }

        JsonScanner elements = JsonScanner.OverArray(text, list.Start);
        for (int index = 0; !known.IsFull && elements.NextElement(out FieldSpan element); index++)
        {
            if (element.Form is not (FieldForm.Object or FieldForm.Array))
            {
                known.AddArgument(index, 0, Take(known, text, element));
            }
        }
    }

    /// <summary>A process number, written as a number or as text; −1 where it is none.</summary>
    public static int Pid(ReadOnlySpan<byte> text, FieldSpan field) =>
        field.TryInteger(text, out long number) && number is >= 0 and <= int.MaxValue ? (int)number : -1;

    /// <summary>A value as text; a whole number that was written as a double as one without its fraction.</summary>
    /// <param name="text">The record.</param>
    /// <param name="field">The value.</param>
    /// <param name="plain">Holds the number, at least <see cref="DecimalNumber.MaxBytes"/>.</param>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> text, FieldSpan field, Span<byte> plain)
    {
        ReadOnlySpan<byte> raw = field.Of(text);
        return field.Form == FieldForm.Number && raw.ContainsAny(".eE"u8) && DecimalNumber.TryWhole(raw, out long number)
            && System.Buffers.Text.Utf8Formatter.TryFormat(number, plain, out int length) ? plain[..length] : raw;
    }

    private static AuditSlice Take(AuditEvent known, ReadOnlySpan<byte> text, FieldSpan field)
    {
        Span<byte> plain = stackalloc byte[DecimalNumber.MaxBytes];
        ReadOnlySpan<byte> raw = Plain(text, field, plain);
        return known.Take(FieldText.Unescape(field.Form, raw, known.Reserve(raw.Length)));
    }
}
