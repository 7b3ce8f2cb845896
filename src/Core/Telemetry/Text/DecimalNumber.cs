namespace CipherWatch.Core.Telemetry.Text;

/// <summary>
/// Numbers as shippers with doubles write them: <c>4444.0</c>, <c>4.444e3</c>, <c>1.7672256e+09</c>. Exact: nothing goes through
/// floating point.
/// </summary>
internal static class DecimalNumber
{
    /// <summary>Bytes that a number takes without its exponent, at most.</summary>
    public const int MaxBytes = 64;

    /// <summary>Exponents beyond this are no telemetry's.</summary>
    private const int MaxExponent = 40;

    /// <summary>Reads a number that is whole, however it is written; false when it is none.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        Span<byte> plain = stackalloc byte[MaxBytes];
        if (!TryExpand(text, plain, out int length))
        {
            return false;
        }

        ReadOnlySpan<byte> digits = plain[..length];
        int point = digits.IndexOf((byte)'.');
        if (point >= 0)
        {
            if (digits[(point + 1)..].IndexOfAnyExcept((byte)'0') >= 0)
            {
                return false;
            }

            digits = digits[..point];
        }

        return System.Buffers.Text.Utf8Parser.TryParse(digits, out number, out int used) && used == digits.Length;
    }

    /// <summary>Writes a number without its exponent; false when it is none.</summary>
    public static bool TryExpand(ReadOnlySpan<byte> text, Span<byte> plain, out int length)
    {
        length = 0;
        int at = text is [(byte)'-' or (byte)'+', ..] ? 1 : 0;
        bool isNegative = text is [(byte)'-', ..];
        Span<byte> digits = stackalloc byte[MaxBytes];
        int count = 0;
        int point = -1;
        for (; at < text.Length && text[at] is (>= (byte)'0' and <= (byte)'9') or (byte)'.'; at++)
        {
            if (text[at] == (byte)'.')
            {
                if (point >= 0)
                {
                    return false;
                }

                point = count;
            }
            else if (count > 0 || text[at] != (byte)'0' || point >= 0)
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = text[at];
            }
            else if (at + 1 == text.Length || text[at + 1] is not (>= (byte)'0' and <= (byte)'9'))
            {
                digits[count++] = (byte)'0';
            }
        }

        if (count == 0 || !TryExponent(text[at..], out int exponent))
        {
            return false;
        }

        return TryWrite(digits[..count], (point < 0 ? count : point) + exponent, isNegative, plain, out length);
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text is not [(byte)'e' or (byte)'E', .. var rest])
        {
            return false;
        }

        rest = rest is [(byte)'+', .. var unsigned] ? unsigned : rest;
        return System.Buffers.Text.Utf8Parser.TryParse(rest, out exponent, out int used) && used == rest.Length
            && exponent is >= -MaxExponent and <= MaxExponent;
    }

    private static bool TryWrite(ReadOnlySpan<byte> digits, int point, bool isNegative, Span<byte> plain, out int length)
    {
        length = 0;
        int lead = Math.Max(0, -point);
        if (Math.Max(digits.Length + lead, point) + 3 > plain.Length)
        {
            return false;
        }

        if (isNegative)
        {
            plain[length++] = (byte)'-';
        }

        if (point <= 0)
        {
            plain[length++] = (byte)'0';
            plain[length++] = (byte)'.';
            for (; lead > 0; lead--)
            {
                plain[length++] = (byte)'0';
            }
        }

        for (int at = 0; at < Math.Max(digits.Length, point); at++)
        {
            if (at == point && at > 0)
            {
                plain[length++] = (byte)'.';
            }

            plain[length++] = at < digits.Length ? digits[at] : (byte)'0';
        }

        return true;
    }
}
