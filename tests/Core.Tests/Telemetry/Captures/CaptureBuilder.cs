using System.Buffers.Binary;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Packets;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

/// <summary>Writes small captures by hand: Ethernet frames with IP packets, in the classic or the block format.</summary>
internal sealed class CaptureBuilder
{
    public const string Client = "10.20.0.7";
    public const string Server = "203.0.113.50";
    public const ushort ClientPort = 49812;
    public const ushort ServerPort = 8443;

    private readonly List<(long Microseconds, byte[] Frame, int Wire)> _packets = [];
    private long _clock = 1_772_445_600_000_000;

    /// <summary>Lets time pass.</summary>
    public CaptureBuilder Wait(double seconds)
    {
        _clock += (long)(seconds * 1_000_000);
        return this;
    }

    /// <summary>Adds a frame as it is.</summary>
    public CaptureBuilder Frame(byte[] frame, int? wire = null)
    {
        _packets.Add((_clock, frame, wire ?? frame.Length));
        _clock += 1000;
        return this;
    }

    /// <summary>Puts the packets in another order, at the same times.</summary>
    public CaptureBuilder Shuffle(int seed)
    {
        (byte[] Frame, int Wire)[] frames = [.. _packets.Select(packet => (packet.Frame, packet.Wire))];
        new Random(seed).Shuffle(frames);
        for (int index = 0; index < frames.Length; index++)
        {
            _packets[index] = (_packets[index].Microseconds, frames[index].Frame, frames[index].Wire);
        }

        return this;
    }

    /// <summary>The capture cut into files after every so many packets, one behind another.</summary>
    public byte[] Split(int packets)
    {
        List<byte> file = [];
        foreach ((long Microseconds, byte[] Frame, int Wire)[] chunk in _packets.Chunk(Math.Max(1, packets)))
        {
            CaptureBuilder part = new();
            part._packets.AddRange(chunk);
            file.AddRange(file.Count % 2 == 0 ? part.Pcap() : part.Pcap(bigEndian: true));
        }

        return [.. file];
    }

    /// <summary>Adds an IPv4 packet in parts of so many bytes, each sent as it comes in the order given.</summary>
    public CaptureBuilder Parts(byte[] packet, int size, ushort id, Func<int, int>? order = null)
    {
        byte[][] parts = [.. Cut(packet, size, id)];
        foreach (int index in Enumerable.Range(0, parts.Length).OrderBy(order ?? (place => place)))
        {
            Frame(Ethernet(parts[index]));
        }

        return this;
    }

    /// <summary>An IP packet of either version cut into parts whose payload has so many bytes, a multiple of eight.</summary>
    public static IEnumerable<byte[]> Cut(byte[] packet, int size, ushort id)
    {
        bool v4 = packet[0] >> 4 == 4;
        byte[] header = packet[..(v4 ? 20 : 40)];
        byte[] payload = packet[header.Length..];
        for (int at = 0; at < payload.Length; at += size)
        {
            byte[] part = payload[at..Math.Min(payload.Length, at + size)];
            int more = at + size < payload.Length ? 1 : 0;
            byte[] own = [.. header, .. v4 ? (byte[])[] : [header[6], 0, (byte)(at >> 8), (byte)(at | more), 0, 0, (byte)(id >> 8), (byte)id], .. part];
            if (v4)
            {
                BinaryPrimitives.WriteUInt16BigEndian(own.AsSpan(2), (ushort)own.Length);
                BinaryPrimitives.WriteUInt16BigEndian(own.AsSpan(4), id);
                BinaryPrimitives.WriteUInt16BigEndian(own.AsSpan(6), (ushort)((at / 8) | (more << 13)));
            }
            else
            {
                own[6] = 44;
                BinaryPrimitives.WriteUInt16BigEndian(own.AsSpan(4), (ushort)(own.Length - 40));
            }

            yield return own;
        }
    }

    /// <summary>Adds a TCP segment; <paramref name="keep"/> cuts the frame as a snap length does.</summary>
    public CaptureBuilder Tcp(bool fromClient, uint sequence, TcpFlags flags, ReadOnlySpan<byte> payload = default, uint acknowledgement = 0, int keep = int.MaxValue)
    {
        byte[] segment = new byte[20 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, fromClient ? ClientPort : ServerPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), fromClient ? ServerPort : ClientPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), acknowledgement);
        segment[12] = 5 << 4;
        segment[13] = (byte)flags;
        payload.CopyTo(segment.AsSpan(20));
        byte[] frame = Ethernet(Ip(6, segment, fromClient ? Client : Server, fromClient ? Server : Client));
        return Frame(frame[..Math.Min(frame.Length, keep)], frame.Length);
    }

    /// <summary>Adds a datagram.</summary>
    public CaptureBuilder Udp(bool fromClient, ReadOnlySpan<byte> payload, ushort serverPort = ServerPort) =>
        Frame(Ethernet(Ip(17, Datagram(fromClient ? ClientPort : serverPort, fromClient ? serverPort : ClientPort, payload), fromClient ? Client : Server, fromClient ? Server : Client)));

    /// <summary>Opens a connection: client from 1000, server from 5000.</summary>
    public CaptureBuilder Open() => Tcp(true, 1000, TcpFlags.Syn)
        .Tcp(false, 5000, TcpFlags.Syn | TcpFlags.Acknowledge, acknowledgement: 1001)
        .Tcp(true, 1001, TcpFlags.Acknowledge, acknowledgement: 5001);

    /// <summary>The capture in the classic format.</summary>
    public byte[] Pcap(bool bigEndian = false, bool nanoseconds = false, int link = 1)
    {
        using MemoryStream file = new();
        void U32(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            if (bigEndian)
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            }

            file.Write(bytes);
        }

        U32(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4);
        U32(bigEndian ? 0x0002_0004u : 0x0004_0002u);
        U32(0);
        U32(0);
        U32(262144);
        U32((uint)link);
        foreach ((long time, byte[] frame, int wire) in _packets)
        {
            U32((uint)(time / 1_000_000));
            U32((uint)(time % 1_000_000 * (nanoseconds ? 1000 : 1)));
            U32((uint)frame.Length);
            U32((uint)wire);
            file.Write(frame);
        }

        return file.ToArray();
    }

    /// <summary>The capture in the block format, its clock in units of 10^−<paramref name="digits"/> s.</summary>
    public byte[] Pcapng(bool bigEndian = false, int digits = 6, bool simple = false, int interfaces = 1)
    {
        using MemoryStream file = new();
        byte[] U16(int value) => bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
        byte[] U32(uint value) => bigEndian ? [.. U16((int)(value >> 16)), .. U16((int)(value & 0xffff))] : [.. U16((int)(value & 0xffff)), .. U16((int)(value >> 16))];
        void Block(uint type, byte[] body)
        {
            byte[] padded = [.. body, .. new byte[(4 - (body.Length % 4)) % 4]];
            file.Write([.. U32(type), .. U32((uint)(padded.Length + 12)), .. padded, .. U32((uint)(padded.Length + 12))]);
        }

        Block(0x0a0d0d0a, [.. U32(0x1a2b3c4d), .. U16(1), .. U16(0), .. U32(uint.MaxValue), .. U32(uint.MaxValue)]);
        for (int number = 0; number < interfaces; number++)
        {
            Block(1, [.. U16(1), .. U16(0), .. U32(0), .. U16(9), .. U16(1), (byte)digits, 0, 0, 0, .. U16(0), .. U16(0)]);
        }

        Block(5, [.. U32(0), .. U32(0), .. U32(0)]);
        foreach ((long time, byte[] frame, int wire) in _packets)
        {
            if (simple)
            {
                Block(3, [.. U32((uint)wire), .. frame]);
                continue;
            }

            ulong units = (ulong)time * (ulong)Math.Pow(10, digits - 6);
            Block(6, [.. U32(0), .. U32((uint)(units >> 32)), .. U32((uint)units), .. U32((uint)frame.Length), .. U32((uint)wire), .. frame]);
        }

        return file.ToArray();
    }

    /// <summary>Flows of the capture.</summary>
    public List<CapturedFlow> Flows() => Read(Pcap()).Flows;

    /// <summary>The one flow of the capture.</summary>
    public CapturedFlow Flow() => Assert.Single(Flows());

    public static (CaptureSummary Summary, List<CapturedFlow> Flows) Read(byte[] bytes)
    {
        List<CapturedFlow> flows = [];
        return (CaptureReader.Read(new MemoryStream(bytes), flows.Add), flows);
    }

    public static byte[] Ethernet(byte[] packet, ushort type = 0)
    {
        type = type != 0 ? type : (ushort)(packet[0] >> 4 == 6 ? 0x86dd : 0x0800);
        return [0, 0, 0x5e, 0, 0x53, 1, 0, 0, 0x5e, 0, 0x53, 2, (byte)(type >> 8), (byte)type, .. packet];
    }

    public static byte[] Datagram(ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload)
    {
        byte[] datagram = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        payload.CopyTo(datagram.AsSpan(8));
        return datagram;
    }

    public static byte[] Ip(byte protocol, byte[] payload, string source, string destination, ushort fragment = 0)
    {
        Assert.True(IpAddress.TryParse(source, out IpAddress from) & IpAddress.TryParse(destination, out IpAddress to));
        byte[] packet = new byte[(from.IsV4 ? 20 : 40) + payload.Length];
        if (from.IsV4)
        {
            packet[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
            packet[8] = 64;
            packet[9] = protocol;
            from.CopyTo(packet.AsSpan(12));
            to.CopyTo(packet.AsSpan(16));
        }
        else
        {
            packet[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
            packet[6] = protocol;
            packet[7] = 64;
            from.CopyTo(packet.AsSpan(8));
            to.CopyTo(packet.AsSpan(24));
        }

        payload.CopyTo(packet.AsSpan(packet.Length - payload.Length));
        return packet;
    }

    public static byte[] RandomBytes(int length, int seed = 20260302)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
