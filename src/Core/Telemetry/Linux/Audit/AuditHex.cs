using System.Text.Unicode;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>
/// Undoes the hexadecimal in which the kernel writes what holds a blank, a quote, a control byte or anything beyond ASCII.
/// </summary>
/// <remarks>
/// The kernel writes upper-case digits. A word of them is ambiguous only where the record is interpreted (<c>comm=ADD</c>,
/// <c>a0=CAFE</c>): it is hexadecimal if what it spells could not have stood there as it is, and is text.
/// </remarks>
internal static class AuditHex
{
    /// <summary>Digits from which on nobody means a word.</summary>
    private const int LongDigits = 16;

    /// <summary>Decodes a bare value that is in hexadecimal; returns the bytes written, −1 where it is a word.</summary>
    /// <param name="value">As written.</param>
    /// <param name="isRaw">The record is known not to be interpreted.</param>
    /// <param name="destination">At least half as long as the value.</param>
    public static int Decode(ReadOnlySpan<byte> value, bool isRaw, Span<byte> destination)
    {
        if (value.IsEmpty || (value.Length & 1) != 0 || !TryBytes(value, allowLower: false, destination))
        {
            return -1;
        }

        ReadOnlySpan<byte> bytes = destination[..(value.Length / 2)];
        if (isRaw)
        {
            return bytes.Length;
        }

        bool isEscaped = bytes.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7e) >= 0 || bytes.Contains((byte)'"');
        bool isNumber = value.Length < LongDigits && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return isEscaped && !isNumber && (value.Length >= LongDigits || Utf8.IsValid(bytes)) ? bytes.Length : -1;
    }

    /// <summary>Reads pairs of digits; false where there is anything else.</summary>
    public static bool TryBytes(ReadOnlySpan<byte> digits, bool allowLower, Span<byte> destination)
    {
        if ((digits.Length & 1) != 0 || destination.Length < digits.Length / 2)
        {
            return false;
        }

        for (int at = 0; at < digits.Length; at += 2)
        {
            int high = Digit(digits[at], allowLower);
            int low = Digit(digits[at + 1], allowLower);
            if ((high | low) < 0)
            {
                return false;
            }

            destination[at / 2] = (byte)((high << 4) | low);
        }

        return true;
    }

    private static int Digit(byte character, bool allowLower) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' when allowLower => character - 'a' + 10,
        _ => -1,
    };
}
