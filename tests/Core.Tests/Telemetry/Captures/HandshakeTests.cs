using System.Buffers.Binary;
using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Packets;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

/// <summary>How far the key exchange of a captured flow went, from the bytes of both sides.</summary>
public class HandshakeTests
{
    private static readonly byte[] Encrypted = Record(23, RandomBytes(80));
    private static readonly byte[] Cipher = Record(20, [1]);
    private static readonly byte[] KnownKey = [0, 41, 0, 2, 0, 0];
    private static readonly byte[] Version13 = [0, 43, 0, 2, 3, 4];
    private static readonly byte[] Retry = Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");

    public static TheoryData<string, byte[], byte[], Handshake> Tls => new()
    {
        { "hello alone", ClientHello("www.example.org"), [], Handshake.Hello },
        { "1.2 full", [.. ClientHello("www.example.org"), .. Message(16, RandomBytes(40)), .. Cipher, .. Encrypted], [.. ServerHello([]), .. Message(11, RandomBytes(300)), .. Cipher], Handshake.Established },
        { "1.2 resumed", [.. ClientHello("www.example.org"), .. Cipher], [.. ServerHello([]), .. Cipher, .. Encrypted], Handshake.Resumed },
        { "1.2 without its end", ClientHello("www.example.org"), [.. ServerHello([]), .. Message(11, RandomBytes(300))], Handshake.Hello },
        { "1.3", ClientHello("www.example.org"), [.. ServerHello(Version13), .. Cipher, .. Encrypted], Handshake.Established },
        { "1.3 resumed", ClientHello("www.example.org"), [.. ServerHello([.. Version13, .. KnownKey]), .. Cipher, .. Encrypted], Handshake.Resumed },
        { "1.3 asked again", ClientHello("www.example.org"), ServerHello(Version13, Retry), Handshake.Hello },
        { "after starttls", [.. "STARTTLS\r\n"u8, .. ClientHello("www.example.org")], [.. "220 ready\r\n"u8, .. ServerHello(Version13), .. Encrypted], Handshake.Established },
        { "dressed as tls", Encrypted, Encrypted, Handshake.None },
        { "plain http", "GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n"u8.ToArray(), "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), Handshake.None },
        { "ssh", [.. "SSH-2.0-client\r\n"u8, .. Packet(20), .. Packet(21)], [.. "SSH-2.0-server\r\n"u8, .. Packet(20)], Handshake.Established },
        { "ssh banners", "SSH-2.0-client\r\n"u8.ToArray(), "SSH-2.0-server\r\n"u8.ToArray(), Handshake.Hello },
    };

    [Theory]
    [MemberData(nameof(Tls))]
    public void Of_a_stream(string name, byte[] outward, byte[] inward, Handshake expected)
    {
        CapturedFlow flow = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, outward).Tcp(false, 5001, TcpFlags.Acknowledge, inward).Flow();

        Assert.Equal((name, expected), (name, flow.Flow.Handshake));
        if (name.StartsWith("1.", StringComparison.Ordinal) || name.StartsWith("after", StringComparison.Ordinal))
        {
            Assert.Equal(("tls", "www.example.org"), (flow.Flow.Application, flow.Flow.ServerName));
        }
    }

    public static TheoryData<string, byte[], byte[], string?, Handshake> Tunnels => new()
    {
        { "tls", [.. Connect, .. ClientHello("www.example.org")], [.. Established, .. ServerHello(Version13), .. Encrypted], "tls", Handshake.Established },
        { "random", [.. Connect, .. RandomBytes(300)], [.. Established, .. RandomBytes(300)], null, Handshake.None },
        { "after credentials", [.. Connect, .. Connect, .. RandomBytes(300)], [.. "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 4\r\n\r\nwho?"u8, .. Established, .. RandomBytes(300)], null, Handshake.None },
    };

    private static byte[] Connect => "CONNECT c2.example:8443 HTTP/1.1\r\nHost: c2.example:8443\r\n\r\n"u8.ToArray();

    private static byte[] Established => "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void What_a_tunnel_carries_is_the_destinations(string name, byte[] outward, byte[] inward, string? application, Handshake expected)
    {
        CapturedFlow flow = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, outward).Tcp(false, 5001, TcpFlags.Acknowledge, inward).Flow();

        Assert.Equal((name, application, expected), (name, flow.Flow.Application, flow.Flow.Handshake));
        Assert.Equal((true, "c2.example", (ushort)8443), (flow.Flow.IsProxied, flow.Flow.ServerName, flow.Flow.ServerPort));
        Assert.Equal(application is null ? Core.Randomness.PayloadVerdict.Encrypted : Core.Randomness.PayloadVerdict.Protocol, flow.Score().Verdict);
    }

    [Fact]
    public void What_was_refused_or_is_only_asked_for_is_no_tunnel()
    {
        byte[] refused = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
        CapturedFlow denied = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Connect).Tcp(false, 5001, TcpFlags.Acknowledge, refused).Flow();
        CapturedFlow empty = new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, Connect).Tcp(false, 5001, TcpFlags.Acknowledge, Established).Flow();

        Assert.Equal(("http", "http"), (denied.Flow.Application, empty.Flow.Application));
        Assert.False(denied.Flow.IsProxied || empty.Flow.IsProxied);
    }

    [Fact]
    public void A_hello_torn_over_segments_is_put_together()
    {
        byte[] hello = ClientHello("www.example.org");

        CapturedFlow flow = new CaptureBuilder().Open()
            .Tcp(true, 1041, TcpFlags.Acknowledge, hello.AsSpan(40)).Tcp(true, 1001, TcpFlags.Acknowledge, hello.AsSpan(0, 40)).Flow();

        Assert.Equal((Handshake.Hello, "www.example.org"), (flow.Flow.Handshake, flow.Flow.ServerName));
    }

    [Theory]
    [InlineData(1, 2, Handshake.Established)]
    [InlineData(1, 4, Handshake.Hello)]
    [InlineData(4, 4, Handshake.Unseen)]
    public void Of_wireguard(byte first, byte second, Handshake expected)
    {
        static byte[] Message(byte type) => type == 4
            ? [4, 0, 0, 0, 7, 7, 7, 7, 5, 0, 0, 0, 0, 0, 0, 0, .. RandomBytes(80)]
            : [type, 0, 0, 0, .. RandomBytes(type == 1 ? 144 : 88)];

        CapturedFlow flow = new CaptureBuilder().Udp(true, Message(first)).Udp(false, Message(second)).Flow();

        Assert.Equal(("wireguard", expected), (flow.Flow.Application, flow.Flow.Handshake));
    }

    private static byte[] Record(byte type, byte[] content) => [type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Message(byte type, byte[] body) => Record(22, [type, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body]);

    private static byte[] ClientHello(string name)
    {
        byte[] host = Encoding.ASCII.GetBytes(name);
        byte[] entry = [0, (byte)(host.Length >> 8), (byte)host.Length, .. host];
        byte[] list = [(byte)(entry.Length >> 8), (byte)entry.Length, .. entry];
        byte[] extensions = [0, 10, 0, 2, 0, 29, 0, 0, (byte)(list.Length >> 8), (byte)list.Length, .. list];
        return Message(1, [3, 3, .. RandomBytes(32), 0, 0, 2, 0x13, 0x01, 1, 0, (byte)(extensions.Length >> 8), (byte)extensions.Length, .. extensions]);
    }

    private static byte[] ServerHello(byte[] extensions, byte[]? random = null) =>
        Message(2, [3, 3, .. random ?? RandomBytes(32), 0, 0x13, 0x01, 0, (byte)(extensions.Length >> 8), (byte)extensions.Length, .. extensions]);

    private static byte[] Packet(byte type)
    {
        byte[] packet = new byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(packet, 12);
        packet[4] = 4;
        packet[5] = type;
        return packet;
    }
}
