using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Cuts a set out of a datagram so that it is one by itself, which can be kept and sent again.</summary>
internal static class DatagramParts
{
    private const int CountOrLengthAt = 2;

    /// <summary>The datagram's header, its length set right, and the set.</summary>
    public static byte[] Of(ReadOnlySpan<byte> datagram, FlowDatagram header, ReadOnlySpan<byte> set)
    {
        byte[] own = new byte[header.HeaderBytes + set.Length];
        datagram[..header.HeaderBytes].CopyTo(own);
        set.CopyTo(own.AsSpan(header.HeaderBytes));
        if (header.Version == FlowDatagram.Ipfix)
        {
            BinaryPrimitives.WriteUInt16BigEndian(own.AsSpan(CountOrLengthAt), (ushort)own.Length);
        }

        return own;
    }
}
