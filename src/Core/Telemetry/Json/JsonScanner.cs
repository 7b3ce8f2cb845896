using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// Walks the fields of one JSON object, or the elements of one array, over its bytes: names and values as spans, values not
/// descended into, nothing allocated.
/// </summary>
// Most records of a hub are irrelevant and most of a relevant one is not asked for, so a full tokeniser does too much. What is
// passed over is framed (quotes, escapes and depth are honoured) but not validated. Where the object ends, its record ends.
internal ref struct JsonScanner
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private bool _inside;

    /// <summary>Starts at the opening brace or bracket at <paramref name="start"/>.</summary>
    public JsonScanner(ReadOnlySpan<byte> text, int start)
    {
        _text = text;
        _at = start + 1;
        Status = JsonStatus.Complete;
    }

    /// <summary>Why the walk ended.</summary>
    public JsonStatus Status { get; private set; }

    /// <summary>After a complete walk the offset just behind the closing brace, else where the trouble showed.</summary>
    public readonly int End => _at;

    /// <summary>Moves to the next field; false at the end of the object, with <see cref="Status"/> saying which end.</summary>
    public bool Next(out FieldSpan name, out FieldSpan value)
    {
        value = default;
        if (ToName() && TryName(out name))
        {
            return TryValue(out value);
        }

        name = default;
        return false;
    }

    /// <summary>Moves to the next field, whose name the order of those before may tell; false as above.</summary>
    /// <param name="order">What followed what.</param>
    /// <param name="field">The name's place in the order's list, or −1.</param>
    /// <param name="value">Its value.</param>
    public bool Next(FieldOrder order, out int field, out FieldSpan value)
    {
        int before = _at;
        int guessed = order.Guess(_text, before, out field);
        if (guessed > 0)
        {
            _inside = true;
            return TryValueAt(before + guessed, out value);
        }

        value = default;
        if (!ToName() || !TryName(out FieldSpan name))
        {
            return false;
        }

        SkipTo();
        field = order.Learn(_text, before, name, _at);
        return TryValue(out value);
    }

    /// <summary>A scanner over the elements of the array at <paramref name="start"/>.</summary>
    public static JsonScanner OverArray(ReadOnlySpan<byte> text, int start) => new(text, start);

    /// <summary>Moves to the next element of an array; false at its end.</summary>
    public bool NextElement(out FieldSpan value)
    {
        value = default;
        return ToMember((byte)']', out _) && TryValue(out value);
    }

    /// <summary>Passes over all that is left of the object; false when it does not end.</summary>
    public bool SkipRest() => SkipNested();

    /// <summary>Reads the value that stands next.</summary>
    public bool TryValue(out FieldSpan value)
    {
        SkipTo();
        return TryValueAt(_at, out value);
    }

    /// <summary>Reads the value that stands at an offset.</summary>
    // A value's place depends on the end of the one before: what lies between them is the time of the whole walk. So short strings
    // and numbers, which are nearly all there is, keep their place in registers and write it once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryValueAt(int at, out FieldSpan value)
    {
        ReadOnlySpan<byte> text = _text;
        byte first = (uint)at < (uint)text.Length ? text[at] : (byte)0;
        if (first == (byte)'"')
        {
            return TryText(at + 1, out value);
        }

        if (first is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            int end = JsonNumber.End(text, at);
            value = new(at, end - at, FieldForm.Number);
            _at = end;
            return true;
        }

        _at = at;
        return first <= (byte)' ' ? TryBehindBlanks(out value) : TryOther(first, out value);
    }

    /// <summary>Reads a value with blanks before it: the way to it was learned of a record that has none there.</summary>
    private bool TryBehindBlanks(out FieldSpan value)
    {
        int before = _at;
        value = default;
        SkipTo();
        return _at > before ? TryValueAt(_at, out value) : Fail();
    }

    /// <summary>Reads a value that is neither a number nor a string.</summary>
    private bool TryOther(byte first, out FieldSpan value)
    {
        int start = _at;
        value = default;
        switch (first)
        {
            case (byte)'{' or (byte)'[':
                _at++;
                if (!SkipNested())
                {
                    return false;
                }

                value = new(start, _at - start, first == (byte)'{' ? FieldForm.Object : FieldForm.Array);
                return true;
            case (byte)'t':
                return TryLiteral("true"u8, FieldForm.Boolean, out value);
            case (byte)'f':
                return TryLiteral("false"u8, FieldForm.Boolean, out value);
            case (byte)'n':
                return TryLiteral("null"u8, FieldForm.Null, out value);
            default:
                return Fail();
        }
    }

    /// <summary>Moves to the opening quote of the next field's name; false at the end of the object.</summary>
    private bool ToName() => ToMember((byte)'}', out byte next) && (next == (byte)'"' || Fail());

    /// <summary>Moves over the comma to the next field or element; false at the end, which is passed over.</summary>
    private bool ToMember(byte end, out byte next)
    {
        next = SkipTo();
        if (next == end)
        {
            _at++;
            return false;
        }

        if (_inside)
        {
            if (next != (byte)',')
            {
                return Fail();
            }

            _at++;
            next = SkipTo();
        }

        _inside = true;
        return true;
    }

    /// <summary>Reads a name and passes over its colon.</summary>
    private bool TryName(out FieldSpan name)
    {
        if (!TryText(_at + 1, out name))
        {
            return false;
        }

        if (SkipTo() != (byte)':')
        {
            return Fail();
        }

        _at++;
        return true;
    }

    private bool TryLiteral(ReadOnlySpan<byte> literal, FieldForm form, out FieldSpan value)
    {
        value = new(_at, literal.Length, form);
        ReadOnlySpan<byte> rest = _text[_at..];
        if (rest.StartsWith(literal))
        {
            _at += literal.Length;
            return true;
        }

        if (literal.StartsWith(rest))
        {
            _at = _text.Length;
        }

        return Fail();
    }

    /// <summary>Reads the string whose text starts at an offset, behind its quote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryText(int start, out FieldSpan value)
    {
        int length = JsonSkip.ShortPlain(_text, start);
        if (length >= 0)
        {
            value = new(start, length, FieldForm.Plain);
            _at = start + length + 1;
            return true;
        }

        _at = start;
        return TryLongString(start, out value);
    }

    private bool TryLongString(int start, out FieldSpan value)
    {
        bool escapes = false;
        Status = JsonSkip.String(_text, ref _at, ref escapes);
        value = new(start, _at - start, escapes ? FieldForm.JsonEscaped : FieldForm.Plain);
        if (Status != JsonStatus.Complete)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool SkipNested() => (Status = JsonSkip.Nested(_text, ref _at, 1)) == JsonStatus.Complete;

    /// <summary>The next byte that is not blank; 0 at the end of the text, and for a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte SkipTo() => JsonSkip.Blanks(_text, ref _at);

    private bool Fail()
    {
        Status = _at >= _text.Length ? JsonStatus.Incomplete : JsonStatus.Malformed;
        return false;
    }
}
