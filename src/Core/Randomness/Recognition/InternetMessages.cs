using CipherWatch.Core.Randomness.Statistics;
using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Small datagram protocols of network operation.</summary>
internal static class InternetMessages
{
    private const int NtpPort = 123;

    /// <summary>DHCPv6 (RFC 8415): a type up to 13 and a client or server identifier first.</summary>
    public static bool IsDhcp6(ReadOnlySpan<byte> sample, in PayloadContext context) => sample[0] is >= 1 and <= 13 && context.HasPort(547);

    /// <summary>NTP (RFC 5905): 48 bytes or more on its port, mode and version that exist.</summary>
    public static bool IsNtp(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.HasPort(NtpPort) && sample.Length >= 12 && (sample[0] >> 3 & 7) is >= 1 and <= 4 && (sample[0] & 7) != 0;

    /// <summary>RADIUS (RFC 2865): a code that exists, the datagram's length, and attributes that add up to it.</summary>
    public static bool IsRadius(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        const int Header = 20;
        if (sample.Length < Header || sample[0] is not ((>= 1 and <= 5) or 11 or 12 or 13 or (>= 40 and <= 45))
            || sample.U16(2) != Whole(sample, context))
        {
            return false;
        }

        int at = Header;
        while (at + 2 <= sample.Length)
        {
            if (sample[at + 1] < 2)
            {
                return false;
            }

            at += sample[at + 1];
        }

        return at >= sample.Length;
    }

    /// <summary>CoAP (RFC 7252) on its port: version 1, token of at most 8 bytes, a code class that exists.</summary>
    public static bool IsCoap(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.HasPort(5683) && sample.Length >= 4 && sample[0] >> 6 == 1 && (sample[0] & 0xF) <= 8
            && (sample[1] >> 5) is 0 or 2 or 4 or 5;

    /// <summary>NetFlow 5 and 9, and IPFIX, by version and what must follow it.</summary>
    public static bool IsFlowExport(ReadOnlySpan<byte> sample, in PayloadContext context) => sample[1] switch
    {
        // Version 5 has records of 48 bytes after a header of 24.
        5 => sample.U16(2) is >= 1 and <= 30 && Whole(sample, context) == 24 + (48 * sample.U16(2)),
        9 => sample.U16(2) is >= 1 and <= 128 && sample.Length >= 24 && sample.U16(20) is < 2 or > 255 && sample.U16(22) >= 4,
        10 => sample.U16(2) == Whole(sample, context) && sample.U16(16) is 2 or 3 or > 255,
        _ => false,
    };

    /// <summary>GTP version 1, or 2, with the datagram's length.</summary>
    public static bool IsGtp(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        (context.HasPort(2152) || context.HasPort(2123) || context.HasPort(3386)) && sample.U16(2) == Whole(sample, context) - 8;

    /// <summary>collectd: a host part with a length, zero-terminated.</summary>
    public static bool IsCollectd(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U8(3) is var length and > 5 && sample.U8(length - 1) == 0
            && PrintableBytes.LongestRun(sample[4..Math.Min(length, sample.Length)]) >= length - 5;

    /// <summary>collectd's encrypted part: a length, then a user name with its own.</summary>
    public static bool IsCollectdEncrypted(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U16(4) is >= 3 and < 64 and var name && sample.Length >= 6 + name
        && PrintableBytes.Count(sample.Slice(6, name)) == name;

    /// <summary>TFTP requests: operation, file name, mode.</summary>
    public static bool IsTftp(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[1] is 1 or 2 && (sample.IndexOf("octet\0"u8) > 2 || sample.IndexOf("netascii\0"u8) > 2);
}
