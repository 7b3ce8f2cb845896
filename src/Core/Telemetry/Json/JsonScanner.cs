using System.Buffers;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>How far a scan got.</summary>
internal enum JsonStatus
{
    /// <summary>The object is whole.</summary>
    Complete,

    /// <summary>The text ends inside the object.</summary>
    Incomplete,

    /// <summary>The text is not JSON.</summary>
    Malformed,
}

/// <summary>
/// Walks the fields of one JSON object over its bytes: names and values as spans, values not descended into, nothing allocated.
/// </summary>
/// <remarks>
/// Most records of a hub are irrelevant and most of a relevant record is not asked for, so a full tokeniser does too much:
/// strings are passed with one vectorised search each, nested values with one search per bracket or quote. What is passed over
/// is framed (quotes, escapes and depth are honoured) but not validated.
/// </remarks>
internal ref struct JsonScanner
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private bool _inside;

    /// <summary>Starts at the opening brace at <paramref name="start"/>.</summary>
    public JsonScanner(ReadOnlySpan<byte> text, int start)
    {
        _text = text;
        _at = start + 1;
        Status = JsonStatus.Complete;
    }

    /// <summary>Why the walk ended.</summary>
    public JsonStatus Status { get; private set; }

    /// <summary>After a complete walk, the offset just behind the closing brace.</summary>
    public readonly int End => _at;

    /// <summary>Moves to the next field; false at the end of the object, with <see cref="Status"/> saying which end.</summary>
    public bool Next(out FieldSpan name, out FieldSpan value)
    {
        name = value = default;
        byte next = SkipTo();
        if (next == (byte)'}')
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
        if (next != (byte)'"')
        {
            return Fail();
        }

        if (!TryString(out name))
        {
            return false;
        }

        if (SkipTo() != (byte)':')
        {
            return Fail();
        }

        _at++;
        return TryValue(out value);
    }

    /// <summary>Passes over all that is left of the object; false when it does not end.</summary>
    public bool SkipRest() => SkipNested(1);

    /// <summary>Reads the elements of an array: call with the scanner at a field's value through <see cref="OverArray"/>.</summary>
    public bool NextElement(out FieldSpan value)
    {
        value = default;
        byte next = SkipTo();
        if (next == (byte)']')
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
        }

        _inside = true;
        return TryValue(out value);
    }

    /// <summary>A scanner over the elements of the array at <paramref name="start"/>.</summary>
    public static JsonScanner OverArray(ReadOnlySpan<byte> text, int start) => new(text, start);

    private bool TryValue(out FieldSpan value)
    {
        byte first = SkipTo();
        int start = _at;
        value = default;
        switch (first)
        {
            case (byte)'"':
                return TryString(out value);
            case (byte)'{':
            case (byte)'[':
                _at++;
                if (!SkipNested(1))
                {
                    return false;
                }

                value = new(start, _at - start, first == (byte)'{' ? FieldForm.Object : FieldForm.Array);
                return true;
            case (byte)'t' or (byte)'f' or (byte)'n':
                ReadOnlySpan<byte> literal = first == (byte)'t' ? "true"u8 : first == (byte)'f' ? "false"u8 : "null"u8;
                if (!_text[start..].StartsWith(literal))
                {
                    return Fail();
                }

                _at += literal.Length;
                value = new(start, literal.Length, first == (byte)'n' ? FieldForm.Null : FieldForm.Boolean);
                return true;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                while (_at < _text.Length && _text[_at] is (>= (byte)'0' and <= (byte)'9')
                    or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E')
                {
                    _at++;
                }

                value = new(start, _at - start, FieldForm.Number);
                return true;
            default:
                return Fail();
        }
    }

    private bool TryString(out FieldSpan value)
    {
        int start = ++_at;
        FieldForm form = FieldForm.Plain;
        while (true)
        {
            int found = _text[_at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
            {
                value = default;
                return Incomplete();
            }

            _at += found;
            if (_text[_at] == (byte)'"')
            {
                value = new(start, _at - start, form);
                _at++;
                return true;
            }

            form = FieldForm.JsonEscaped;
            _at += 2;
            if (_at > _text.Length)
            {
                value = default;
                return Incomplete();
            }
        }
    }

    private bool SkipNested(int depth)
    {
        while (true)
        {
            int found = _text[_at..].IndexOfAny(Structure);
            if (found < 0)
            {
                return Incomplete();
            }

            _at += found;
            switch (_text[_at])
            {
                case (byte)'"':
                    if (!TryString(out _))
                    {
                        return false;
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    _at++;
                    break;
                default:
                    _at++;
                    if (--depth == 0)
                    {
                        return true;
                    }

                    break;
            }
        }
    }

    private byte SkipTo()
    {
        while (_at < _text.Length)
        {
            byte current = _text[_at];
            if (current > (byte)' ')
            {
                return current;
            }

            if (current is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return 0xff;
            }

            _at++;
        }

        return 0;
    }

    private bool Fail()
    {
        Status = _at >= _text.Length ? JsonStatus.Incomplete : JsonStatus.Malformed;
        return false;
    }

    private bool Incomplete()
    {
        _at = _text.Length;
        Status = JsonStatus.Incomplete;
        return false;
    }
}
