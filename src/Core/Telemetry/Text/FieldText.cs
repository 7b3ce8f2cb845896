using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Makes values of fields: text with its escapes undone, numbers, booleans.</summary>
internal static class FieldText
{
    /// <summary>Decimal digits that fit a long whatever they are.</summary>
    private const int MaxSafeDigits = 18;

    /// <summary>The field as text, or null where the record has none, an empty one, or the <c>-</c> that stands for none.</summary>
    public static string? Text(this FieldSpan field, ReadOnlySpan<byte> record)
    {
        if (!field.HasValue || field.Length == 0 || field.Form is FieldForm.Object or FieldForm.Array)
        {
            return null;
        }

        ReadOnlySpan<byte> raw = field.Of(record);
        if (raw.Length is 1 or 7 && IsNone(raw))
        {
            return null;
        }

        // Nearly every number is digits alone, which one comparison of ranges tells.
        if (field.Form == FieldForm.Number && raw.ContainsAnyExceptInRange((byte)'0', (byte)'9') && raw.ContainsAny(".eE"u8)
            && DecimalNumber.TryWhole(raw, out long whole))
        {
            return whole.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (field.Form is not (FieldForm.JsonEscaped or FieldForm.XmlEscaped))
        {
            return Encoding.UTF8.GetString(raw);
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        int length = Unescape(field.Form, raw, rented);
        string text = Encoding.UTF8.GetString(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>Undoes the escapes of a field into a buffer at least as long as the field; returns the bytes written.</summary>
    public static int Unescape(FieldForm form, ReadOnlySpan<byte> raw, Span<byte> destination) => form switch
    {
        FieldForm.JsonEscaped => JsonEscapes.Undo(raw, destination),
        FieldForm.XmlEscaped => XmlEntities.Undo(raw, destination),
        _ => Copy(raw, destination),
    };

    /// <summary>The field as a whole number, whether written as a number or as text; false when it is none.</summary>
    public static bool TryInteger(this FieldSpan field, ReadOnlySpan<byte> record, out long number)
    {
        number = 0;
        if (!field.HasValue || field.Length == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> raw = field.Of(record);
        return TryDigits(raw, out number) || TryOddInteger(raw, out number);
    }

    /// <summary>The field as a floating-point number; false when it is none or not finite.</summary>
    public static bool TryDouble(this FieldSpan field, ReadOnlySpan<byte> record, out double number)
    {
        number = 0;
        ReadOnlySpan<byte> raw = field.HasValue ? field.Of(record) : default;
        return !raw.IsEmpty && Utf8Parser.TryParse(raw, out number, out int used) && used == raw.Length && double.IsFinite(number);
    }

    /// <summary>The field as a boolean: <c>true</c>/<c>false</c> in any case, as literal or text, or 1/0; null when it is none.</summary>
    public static bool? Boolean(this FieldSpan field, ReadOnlySpan<byte> record)
    {
        ReadOnlySpan<byte> raw = field.HasValue ? field.Of(record) : default;
        if (Ascii.EqualsIgnoreCase(raw, "true"u8) || raw is [(byte)'1'])
        {
            return true;
        }

        return Ascii.EqualsIgnoreCase(raw, "false"u8) || raw is [(byte)'0'] ? false
            : field.TryInteger(record, out long number) && number is 0 or 1 ? number == 1
            : null;
    }

    /// <summary>The field as an IP protocol, by name (<c>TCP</c>) or number (<c>6</c>, <c>006</c>, <c>6.0</c>); null when none.</summary>
    public static byte? Protocol(this FieldSpan field, ReadOnlySpan<byte> record) =>
        !field.HasValue || field.Length == 0 ? null
        : Identity.Protocols.Number(field.Of(record)) is { } number ? number
        : field.TryInteger(record, out long whole) && whole is >= 0 and <= byte.MaxValue ? (byte)whole : null;

    /// <summary>Whether a text stands for no value: nothing, a hyphen, or Zeek's word for an empty set.</summary>
    public static bool IsNone(ReadOnlySpan<byte> text) => text.IsEmpty || text is [(byte)'-'] || text.SequenceEqual("(empty)"u8);

    /// <summary>Whether the field reads as the given text, byte for byte.</summary>
    public static bool Is(this FieldSpan field, ReadOnlySpan<byte> record, ReadOnlySpan<byte> text) =>
        field.IsText && field.Of(record).SequenceEqual(text);

    /// <summary>Offset within the record of the first byte of its fields that is not UTF-8, or −1.</summary>
    public static int InvalidUtf8At(ReadOnlySpan<byte> record, ReadOnlySpan<FieldSpan> fields)
    {
        foreach (FieldSpan field in fields)
        {
            if (field.Length > 0 && InvalidUtf8At(field.Of(record)) is >= 0 and var at)
            {
                return field.Start + at;
            }
        }

        return -1;
    }

    /// <summary>Offset of the first byte that is not UTF-8, or −1.</summary>
    public static int InvalidUtf8At(ReadOnlySpan<byte> record)
    {
        if (Utf8.IsValid(record))
        {
            return -1;
        }

        int at = 0;
        while (Rune.DecodeFromUtf8(record[at..], out _, out int consumed) == OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }

    /// <summary>Whether two texts are the same but for the case of ASCII letters; other bytes are compared as they stand.</summary>
    public static bool EqualsIgnoringAsciiCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int index = 0; index < left.Length; index++)
        {
            byte one = left[index];
            byte other = right[index];
            if (one != other && ((one | 0x20) != (other | 0x20) || !char.IsAsciiLetter((char)one)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text starts with one of some lower-case prefixes, whatever the case of its ASCII letters.</summary>
    public static bool StartsWithAny(ReadOnlySpan<byte> text, params ReadOnlySpan<string> prefixes)
    {
        foreach (string prefix in prefixes)
        {
            if (text.Length >= prefix.Length && Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads digits and nothing else, too few to overflow: what nearly every number of telemetry is.</summary>
    private static bool TryDigits(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        foreach (byte character in text)
        {
            uint digit = (uint)(character - '0');
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return text.Length <= MaxSafeDigits;
    }

    /// <summary>Reads a whole number in any other way of writing: hexadecimal, with a sign, with a point or an exponent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryOddInteger(ReadOnlySpan<byte> raw, out long number) =>
        raw is [(byte)'0', (byte)'x' or (byte)'X', .. { Length: > 0 and <= 16 } hex]
            ? Utf8Parser.TryParse(hex, out number, out int used, 'x') && used == hex.Length
            : (Utf8Parser.TryParse(raw, out number, out used) && used == raw.Length) || DecimalNumber.TryWhole(raw, out number);

    private static int Copy(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        raw.CopyTo(destination);
        return raw.Length;
    }
}
