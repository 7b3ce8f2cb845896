using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Peer-to-peer networks and games.</summary>
internal static class PeerMessages
{
    /// <summary>A Kademlia query or reply: a bencoded dictionary with an "a", "r" or "e" part first.</summary>
    public static bool IsBitTorrentQuery(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length > 6 && sample[3] is (byte)'a' or (byte)'r' or (byte)'e' or (byte)'q'
            && sample[4] is (byte)'d' or (byte)'l' or (byte)'4' or (byte)'9';

    /// <summary>A uTP SYN, state or reset (BEP 29): version 1, no long extensions, an empty or SYN-sized window.</summary>
    public static bool IsMicroTransport(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        // Bare headers only (20 bytes, 30 with the selective acknowledgement's extension): data packets need the flow.
        int length = Whole(sample, context);
        return sample.Length >= 20 && (sample[0] & 0xF) == 1 && sample[0] >> 4 <= 4
            && ((length == 20 && sample[1] == 0) || (length is 26 or 30 && sample[1] is 1 or 2 && sample[20] == 0));
    }

    /// <summary>A Gnutella message: a type, few hops, and the payload's little-endian length after a 16-byte id.</summary>
    public static bool IsGnutellaMessage(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length >= 23 && sample[16] is 0x00 or 0x01 or 0x02 or 0x30 or 0x31 or 0x40 or 0x80 or 0x81
        && sample[17] <= 16 && sample[18] <= 16 && sample.U32Little(19) == Whole(sample, context) - 23;

    /// <summary>An eDonkey packet: its little-endian length, then a hello, login or offer.</summary>
    public static bool IsDonkey(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.Length >= 6 && sample.U32Little(1) is > 0 and < 65536 && sample[5] is 0x01 or 0x4C or 0x40 or 0x38
        && (sample.U32Little(1) == Whole(sample, context) - 5 || sample.U8(6) == 0x10);

    /// <summary>Ethereum's discovery version 4: hash and signature of 97 bytes, a type 1–6, a list.</summary>
    public static bool IsEthereumDiscovery(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        const int Type = 97;
        if (sample.Length < Type + 2 || sample[Type] is < 1 or > 6 || sample[Type - 1] > 1 || sample[Type + 1] < 0xC0)
        {
            return false;
        }

        // The recovery byte before the type is 0 or 1; a short list's length byte must fit what follows.
        int list = sample[Type + 1];
        int left = Whole(sample, context) - Type - 2;
        return list >= 0xF8 || list - 0xC0 <= left;
    }

    /// <summary>
    /// Ethereum's encrypted hello (EIP-8) on its port: a length between the least and the most padding, and an uncompressed
    /// public key's 04. The port is asked for because the rest is one in sixteen thousand.
    /// </summary>
    public static bool IsEthereumHello(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.HasPort(30303) && sample.U16(0) is >= 194 and <= 1024 && sample.U16(0) <= Whole(sample, context) - 2;

    /// <summary>KCP segments: a command 81–84, and little-endian lengths that add up to the datagram.</summary>
    public static bool IsKcp(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        const int Header = 24;
        long at = 0;
        while (at + Header <= sample.Length && sample[(int)at + 4] is >= 81 and <= 84)
        {
            at += Header + sample.U32Little((int)at + 20);
        }

        return at > 0 && at == Whole(sample, context);
    }

    /// <summary>RakNet's offline messages, by their 16-byte marker.</summary>
    public static bool IsRakNet(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        ReadOnlySpan<byte> marker = [0x00, 0xFF, 0xFF, 0x00, 0xFE, 0xFE, 0xFE, 0xFE, 0xFD, 0xFD, 0xFD, 0xFD, 0x12, 0x34, 0x56, 0x78];
        return sample[..Math.Min(sample.Length, 48)].IndexOf(marker) > 0;
    }

    /// <summary>A game server query or reply: four 0xFF and a printable command.</summary>
    public static bool IsGameQuery(ReadOnlySpan<byte> sample, in PayloadContext context) => sample.U8(4) is >= 'A' and <= 'z';

    /// <summary>A two-byte little-endian length, then UG.</summary>
    public static bool IsZug(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        sample.U16Little(0) == Whole(sample, context) || sample.U16(0) == Whole(sample, context)
        || sample.U16Little(0) == Whole(sample, context) - 2 || sample.U16(0) == Whole(sample, context) - 2;

    /// <summary>League of Legends on phones: type 4, then fields that chance would not leave small.</summary>
    public static bool IsWildRift(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.HasPort(5100) || context.SourcePort is >= 8000 and < 9000 || context.DestinationPort is >= 8000 and < 9000;

    /// <summary>Nano's node protocol on its port: network letter, versions of one decade, a type.</summary>
    public static bool IsNano(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.HasPort(7075) && sample.U8(5) is >= 1 and <= 20;
}
