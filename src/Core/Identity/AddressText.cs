using System.Globalization;

namespace CipherWatch.Core.Identity;

/// <summary>Reads addresses as logs write them, without allocating: dotted decimal, and the hexadecimal groups of IPv6.</summary>
/// <remarks>
/// What is rare (a zone, brackets, an IPv4 tail) is left to the platform's parser. Where this one reads an address, the platform's
/// reads the same, but for octets filled up with zeros.
/// </remarks>
internal static class AddressText
{
    private const int Octets = 4;
    private const int Groups = 8;

    /// <summary>Reads <c>192.0.2.1</c>; false where that is not how it is written.</summary>
    public static bool TryV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        int at = 0;
        for (int octet = 0; octet < Octets; octet++)
        {
            if (octet > 0 && (at >= text.Length || text[at++] != (byte)'.'))
            {
                return false;
            }

            int start = at;
            uint value = 0;
            while (at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit)
            {
                value = (value * 10) + digit;
                at++;
            }

            // Some parsers read an octet with a leading zero as octal.
            if (at - start is 0 or > 3 || value > byte.MaxValue || (text[start] == (byte)'0' && at - start > 1))
            {
                return false;
            }

            address = (address << 8) | value;
        }

        return at == text.Length;
    }

    /// <summary>
    /// Reads <c>192.000.002.001</c>, as logs with columns of one width write it. Fewer zeros are not read, because some parsers take
    /// them for a sign of octal digits.
    /// </summary>
    public static bool TryPaddedV4(ReadOnlySpan<byte> text, out uint address)
    {
        const int Width = 4;
        address = 0;
        if (text.Length != (Octets * Width) - 1)
        {
            return false;
        }

        for (int at = 0; at < text.Length; at += Width)
        {
            if (!byte.TryParse(text.Slice(at, Width - 1), NumberStyles.None, CultureInfo.InvariantCulture, out byte octet)
                || (at > 0 && text[at - 1] != (byte)'.'))
            {
                return false;
            }

            address = (address << 8) | octet;
        }

        return true;
    }

    /// <summary>Reads <c>2001:db8::1</c>; false where that is not how it is written.</summary>
    public static bool TryV6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = 0;
        UInt128 before = 0;
        int groups = 0;
        int groupsBefore = -1;
        int at = 0;
        if (text.StartsWith("::"u8))
        {
            groupsBefore = 0;
            at = 2;
        }

        while (at < text.Length)
        {
            int start = at;
            uint value = 0;
            while (at < text.Length && at - start < 5 && HexDigit(text[at]) is >= 0 and var digit)
            {
                value = (value << 4) | (uint)digit;
                at++;
            }

            if (at - start is 0 or > 4 || ++groups > Groups)
            {
                return false;
            }

            address = (address << 16) | value;
            if (at == text.Length)
            {
                break;
            }

            if (text[at++] != (byte)':' || at == text.Length)
            {
                return false;
            }

            if (text[at] == (byte)':')
            {
                if (groupsBefore >= 0)
                {
                    return false;
                }

                before = address;
                groupsBefore = groups;
                address = 0;
                at++;
            }
        }

        if (groupsBefore < 0)
        {
            return groups == Groups;
        }

        // Two colons stand for at least one group of zeros.
        int shift = 16 * (Groups - groupsBefore);
        address |= groupsBefore == 0 ? 0 : before << shift;
        return groups < Groups;
    }

    private static int HexDigit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };
}
