using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Protocols in ASN.1 distinguished encoding: Kerberos (RFC 4120), LDAP (RFC 4511), SNMP (RFC 3416).</summary>
internal static class DerMessages
{
    private const int Sequence = 0x30;
    private const int Integer = 0x02;

    /// <summary>A Kerberos message, in a datagram or behind a stream's four-byte length.</summary>
    public static bool IsKerberos(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        IsKerberosMessage(sample, Whole(sample, context))
        || (sample.Length > 4 && sample[0] == 0 && sample[1] == 0 && sample.U32(0) is > 16
            && IsKerberosMessage(sample[4..], (int)sample.U32(0)));

    /// <summary>An LDAP message: sequence, message id, one of the operations.</summary>
    public static bool IsLdap(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (!Header(sample, 0, out int length, out int at) || length < 5 || sample.U8(at) != Integer)
        {
            return false;
        }

        int idLength = sample.U8(at + 1);
        int operation = sample.U8(at + 2 + idLength);
        // Application tags 0–25, of which delete (0x4A), unbind (0x42) and abandon (0x50) are primitive.
        return idLength is >= 1 and <= 4 && (operation is (>= 0x60 and <= 0x79) or 0x42 or 0x4A or 0x50)
            && Fits(at + length, sample, context);
    }

    /// <summary>An SNMP message: sequence, version 0, 1 or 3, then a community or a header sequence.</summary>
    public static bool IsSnmp(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        Header(sample, 0, out int length, out int at)
        && sample.U8(at) == Integer && sample.U8(at + 1) == 1
        && sample.U8(at + 2) is 0 or 1 or 3
        && sample.U8(at + 3) == (sample.U8(at + 2) == 3 ? Sequence : 0x04)
        && Fits(at + length, sample, context);

    private static bool IsKerberosMessage(ReadOnlySpan<byte> sample, int whole)
    {
        // Application tags of ticket requests and replies 10–15, private and credential 20–22, error 30.
        if (sample.U8(0) is not ((>= 0x6A and <= 0x6F) or (>= 0x74 and <= 0x76) or 0x7E)
            || !Header(sample, 0, out int length, out int at)
            || Math.Abs(at + length - whole) > 4
            || sample.U8(at) != Sequence
            || !Header(sample, at, out _, out int inside))
        {
            return false;
        }

        // The first member is the protocol version, 5, tagged [0] or [1].
        return sample.U8(inside) is 0xA0 or 0xA1 && sample.U24(inside + 2) == 0x020105;
    }

    /// <summary>Reads tag and length at an offset; <paramref name="at"/> becomes the offset of the contents.</summary>
    private static bool Header(ReadOnlySpan<byte> sample, int offset, out int length, out int at)
    {
        length = sample.U8(offset + 1);
        at = offset + 2;
        switch (length)
        {
            case < 0:
                return false;
            case < 0x80:
                return true;
            case 0x81:
                length = sample.U8(at);
                at += 1;
                break;
            case 0x82:
                length = sample.U16(at);
                at += 2;
                break;
            case 0x83:
                length = sample.U24(at);
                at += 3;
                break;
            case 0x84:
                length = (int)Math.Min(sample.U32(at), int.MaxValue / 2);
                at += 4;
                break;
            default:
                return false;
        }

        return length >= 0;
    }
}
