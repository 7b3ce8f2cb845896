using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>NetBIOS sessions and datagrams (RFC 1002), DCE RPC (C706), TPKT (RFC 1006) and TDS.</summary>
internal static class WindowsMessages
{
    /// <summary>A session request: called and calling name of 34 bytes each.</summary>
    public static bool IsNetBiosSession(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U8(3) == 0x44 && sample.U8(4) == 0x20;

    /// <summary>A NetBIOS datagram: type 0x10–0x16 and a first-level encoded name at offset 14.</summary>
    public static bool IsNetBiosDatagram(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[0] <= 0x16 && sample.U8(14) == 0x20 && sample.U8(15) is >= 'A' and <= 'P' && sample.U8(16) is >= 'A' and <= 'P';

    /// <summary>A connection-oriented PDU: version 5, a type that exists, a data representation, a sound length.</summary>
    public static bool IsRpc(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length >= 16 && sample[1] <= 1 && sample[2] <= 19
        && sample[4] is 0x10 or 0x00 && sample[5] <= 3 && sample.U16(6) == 0
        && (sample[4] == 0x10 ? sample.U16Little(8) : sample.U16(8)) >= 16;

    /// <summary>A connectionless PDU: version 4, flags, representation, zero serial high byte.</summary>
    public static bool IsDatagramRpc(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.Transport != Transport.Tcp && sample.Length >= 80 && sample[1] <= 19 && sample[4] is 0x10 or 0x00 && sample[5] <= 3
            && sample[6] == 0;

    /// <summary>A TPKT whose length holds the X.224 header in it.</summary>
    public static bool IsTpkt(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U16(2) >= 7 && sample[4] <= sample.U16(2) - 5 && (sample[4] == 2 || sample[4] == Math.Min(sample.U16(2) - 5, 255));

    /// <summary>A tabular data stream packet: a type that exists, end-of-message status, length, packet 0 or 1.</summary>
    public static bool IsTds(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample[0] is 0x01 or 0x02 or 0x03 or 0x04 or 0x10 or 0x12 or 0x0E && sample[1] <= 1 && sample[6] <= 1
        && sample.U16(2) is >= 9 and <= 32767 && Fits(sample.U16(2), sample, context)
            && sample.U16(2) >= Math.Min(Whole(sample, context), 4096);
}
