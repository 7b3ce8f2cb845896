using System.Buffers.Binary;
using System.Net;

namespace CipherWatch.Cli.Tests;

/// <summary>Small packet captures.</summary>
internal static class Capture
{
    /// <summary>A pcap file of raw IPv4 packets (link type 101), one UDP datagram each.</summary>
    public static byte[] OfDatagrams(params (string Source, string Destination, ushort Port, byte[] Payload)[] datagrams)
    {
        using MemoryStream file = new();
        file.Write([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 101, 0, 0, 0]);
        foreach ((string source, string destination, ushort port, byte[] payload) in datagrams)
        {
            byte[] packet = new byte[28 + payload.Length];
            packet[0] = 0x45;
            packet[8] = 64;
            packet[9] = 17;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            IPAddress.Parse(source).GetAddressBytes().CopyTo(packet, 12);
            IPAddress.Parse(destination).GetAddressBytes().CopyTo(packet, 16);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), port);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), port);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(24), (ushort)(8 + payload.Length));
            payload.CopyTo(packet, 28);
            byte[] header = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), packet.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), packet.Length);
            file.Write(header);
            file.Write(packet);
        }

        return file.ToArray();
    }
}
