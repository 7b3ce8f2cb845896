using CipherWatch.Core.Randomness.Statistics;
using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Remaining binary stream protocols.</summary>
internal static class StreamMessages
{
    /// <summary>Telnet negotiation: interpret-as-command, then will, won't, do, don't or a sub-negotiation, and again.</summary>
    public static bool IsTelnet(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[1] is >= 0xFA and <= 0xFE && sample.U8(2) is >= 0 and < 64
            && (sample.Length == 3 || sample[1] == 0xFA || sample.U8(3) is 0xFF or (>= ' ' and <= '~') or '\r');

    /// <summary>SOCKS 5: a count of methods and nothing after them, or a method chosen.</summary>
    public static bool IsSocks5Hello(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        Whole(sample, context) == 2 + sample[1]
            || (Whole(sample, context) >= 10 && sample[1] <= 8 && sample.U8(2) == 0 && sample.U8(3) is 1 or 3 or 4);

    /// <summary>SOCKS 4: connect or bind, a port, an address, a user name that ends the message.</summary>
    public static bool IsSocks4Request(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[1] is 1 or 2 && sample.Length is >= 9 and < 128 && sample[^1] == 0;

    /// <summary>RTMP: version 3, a time, four zero bytes or Flash's version, 1,537 bytes.</summary>
    public static bool IsRtmpHello(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length >= 9 && (sample.U32(5) == 0 || context.HasPort(1935));

    /// <summary>TeamViewer: magic, a command, and its little-endian length.</summary>
    public static bool IsTeamViewer(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[2] < 0x40 && sample.U16Little(3) is >= 0 and var length && length <= Whole(sample, context);

    /// <summary>Modbus over TCP: protocol 0, a short length that is the message's.</summary>
    public static bool IsModbus(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U16(4) is >= 2 and <= 254 && sample.U16(4) == Whole(sample, context) - 6 && (sample.U8(7) & 0x7F) is >= 1 and <= 43;

    /// <summary>IEC 60870-5-104: start byte, then the length of what follows.</summary>
    public static bool IsTelecontrol(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.HasPort(2404) && sample.U8(1) is >= 4 and <= 253;

    /// <summary>Diameter (RFC 6733): version 1, a length in words, a command below the experimental range.</summary>
    public static bool IsDiameter(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U24(1) % 4 == 0 && sample.U24(1) >= 20 && (sample.U8(4) & 0x0F) == 0 && sample.U24(5) is >= 257 and < 8388700;

    /// <summary>ONC RPC (RFC 5531): a call of version 2 or a reply.</summary>
    public static bool IsSunRpc(ReadOnlySpan<byte> sample, in PayloadContext context) => IsSunRpcMessage(sample);

    /// <summary>The same behind a stream's record mark.</summary>
    public static bool IsSunRpcRecord(ReadOnlySpan<byte> sample, in PayloadContext context) => IsSunRpcMessage(sample[4..]);

    /// <summary>AJP 1.3: magic, a length, a forward request or a ping.</summary>
    public static bool IsAjp(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U8(4) is 2 or 7 or 8 or 10 && sample.U16(2) > 0;

    /// <summary>Thrift's strict binary protocol: a message type and a printable method name.</summary>
    public static bool IsThrift(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[3] is >= 1 and <= 4 && sample.U8(7) is > 0 and var name && sample.Length >= 8 + name
        && PrintableBytes.Count(sample.Slice(8, name)) == name;

    private static bool IsSunRpcMessage(ReadOnlySpan<byte> message) => message.U32(4) switch
    {
        // Programs are numbered from 100,000 (0x186A0); version 2 stands before them.
        0 => message.U32(8) == 2 && message.U32(12) is >= 100_000 and < 0x60000000 && message.U32(16) < 16,
        1 => message.U32(8) is 0 or 1 && message.U32(12) == 0 && message.U32(16) == 0,
        _ => false,
    };
}
