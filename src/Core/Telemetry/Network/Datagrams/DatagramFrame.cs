using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Tells export datagrams from other bytes, by version and by counts and lengths that must agree, and finds where one ends.</summary>
internal static class DatagramFrame
{
    /// <summary>Version number of NetFlow v5.</summary>
    public const int V5 = 5;

    /// <summary>Version number of NetFlow v9.</summary>
    public const int V9 = 9;

    /// <summary>Version number of IPFIX.</summary>
    public const int Ipfix = 10;

    /// <summary>Bytes of a v5 header.</summary>
    public const int V5Header = 24;

    /// <summary>Bytes of a v9 header.</summary>
    public const int V9Header = 20;

    /// <summary>Bytes of an IPFIX header.</summary>
    public const int IpfixHeader = 16;

    /// <summary>Bytes of a v5 record.</summary>
    public const int V5Record = 48;

    /// <summary>Bytes of a datagram, at most.</summary>
    public const int MostBytes = ushort.MaxValue;

    /// <summary>Lowest id of a set that holds data.</summary>
    public const int FirstDataSet = 256;

    /// <summary>Records of a v5 datagram, at most.</summary>
    private const int MostV5Records = 30;

    /// <summary>Whether an input starts with an export datagram. Text never does: it has no zero for its first byte.</summary>
    public static bool IsDatagram(ReadOnlySpan<byte> head)
    {
        if (head.Length < DatagramHeader.LongestBytes)
        {
            return false;
        }

        int second = UInt16(head[2..]);
        return UInt16(head) switch
        {
            V5 => second is >= 1 and <= MostV5Records,
            V9 => second > 0 && IsSet(head[V9Header..], V9),
            Ipfix => second >= IpfixHeader && (second == IpfixHeader || IsSet(head[IpfixHeader..], Ipfix)),
            _ => false,
        };
    }

    /// <summary>Bytes of the datagram that bytes start with; 0 when its end is not among them, or they start with none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="final">No more bytes will come.</param>
    public static int Length(ReadOnlySpan<byte> bytes, bool final)
    {
        if (!IsDatagram(bytes))
        {
            return 0;
        }

        int length = UInt16(bytes) switch
        {
            V5 => V5Header + (V5Record * UInt16(bytes[2..])),
            V9 => OfSets(bytes, final),
            _ => UInt16(bytes[2..]),
        };
        return length <= bytes.Length ? length : 0;
    }

    /// <summary>v9 does not say how long it is: it goes on while sets follow, and what starts the next datagram is no set's id.</summary>
    private static int OfSets(ReadOnlySpan<byte> bytes, bool final)
    {
        int at = V9Header;
        while (bytes.Length - at >= 4 && IsSet(bytes[at..], V9))
        {
            int length = UInt16(bytes[(at + 2)..]);
            if (length > bytes.Length - at)
            {
                return final ? 0 : int.MaxValue;
            }

            at += length;
        }

        return at <= MostBytes && (final || bytes.Length - at >= 4) ? at : int.MaxValue;
    }

    private static bool IsSet(ReadOnlySpan<byte> set, int version)
    {
        int id = UInt16(set);
        int templates = version == V9 ? 0 : 2;
        return (id >= FirstDataSet || id == templates || id == templates + 1) && UInt16(set[2..]) >= 4;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
