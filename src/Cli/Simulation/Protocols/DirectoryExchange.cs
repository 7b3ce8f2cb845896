using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>What a Windows domain speaks all day: random for the most part, and none of it TLS.</summary>
internal static class DirectoryExchange
{
    /// <summary>A ticket asked for and given. Source: RFC 4120, 5.4.</summary>
    public static Payload Kerberos(SimulationRandom random, Destination destination)
    {
        byte[] realm = WireBytes.Der(0x1b, WireBytes.Text("CORP.EXAMPLE"));
        byte[] request = WireBytes.Der(0x6c, WireBytes.Der(
            0x30, WireBytes.Der(0xa1, WireBytes.Der(2, [5])), WireBytes.Der(0xa2, WireBytes.Der(2, [12])), Cipher(random, 0xa3, 900),
            WireBytes.Der(0xa4, WireBytes.Der(0x30, WireBytes.Der(0xa2, realm)))));
        byte[] answer = WireBytes.Der(0x6d, WireBytes.Der(
            0x30, WireBytes.Der(0xa0, WireBytes.Der(2, [5])), WireBytes.Der(0xa1, WireBytes.Der(2, [13])), WireBytes.Der(0xa3, realm),
                Cipher(random, 0xa5, 1_000)));
        return new([.. WireBytes.Long(request.Length), .. request], [.. WireBytes.Long(answer.Length), .. answer]);
    }

    /// <summary>A bind with GSS-SPNEGO, after which everything is sealed. Source: RFC 4511, 4.2.</summary>
    public static Payload Ldap(SimulationRandom random, Destination destination)
    {
        byte[] bind = WireBytes.Der(0x30, WireBytes.Der(2, [1]), WireBytes.Der(
            0x60, WireBytes.Der(2, [3]), WireBytes.Der(4, []),
                WireBytes.Der(0xa3, WireBytes.Der(4, WireBytes.Text("GSS-SPNEGO")), Cipher(random, 4, 700))));
        byte[] bound = WireBytes.Der(0x30, WireBytes.Der(2, [1]), WireBytes.Der(
            0x61, WireBytes.Der(10, [0]), WireBytes.Der(4, []), WireBytes.Der(4, []), WireBytes.Der(0x87, random.Bytes(120))));
        return new([.. bind, .. Sealed(random, 300)], [.. bound, .. Sealed(random, 600)]);
    }

    /// <summary>SMB 3: negotiated in clear, then encrypted. Source: MS-SMB2 2.2.1, 2.2.41.</summary>
    public static Payload Smb(SimulationRandom random, Destination destination) =>
        new([.. Negotiate(0), .. Transform(random, 420)], [.. Negotiate(1), .. Transform(random, 900)]);

    /// <summary>A bind with packet privacy, then sealed requests. Source: C706, 12.6; MS-RPCE 2.2.2.</summary>
    public static Payload Rpc(SimulationRandom random, Destination destination) =>
        new([.. Pdu(11, random, 120), .. Pdu(0, random, 320)], [.. Pdu(12, random, 100), .. Pdu(2, random, 420)]);

    private static byte[] Cipher(SimulationRandom random, byte tag, int length) =>
        WireBytes.Der(tag,
            WireBytes.Der(0x30, WireBytes.Der(0xa0, WireBytes.Der(2, [18])), WireBytes.Der(0xa2, WireBytes.Der(4, random.Bytes(length)))));

    private static byte[] Sealed(SimulationRandom random, int length) =>
        [.. WireBytes.Long(length + 16), 5, 4, 6, 0xff, 0, 28, 0, 0, 0, 0, 0, 0, .. random.Bytes(4), .. random.Bytes(length)];

    private static byte[] Negotiate(byte flags)
    {
        byte[] header = [0xfe, .. "SMB"u8, 64, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, flags, .. new byte[47]];
        byte[] body = [36, 0, 5, 0, 1, 0, 0, 0, 0x7f, 0, 0, 0, .. new byte[16], 2, 2, 0x10, 2, 0, 3, 2, 3, 0x11, 3];
        return [0, 0, .. WireBytes.Short(header.Length + body.Length), .. header, .. body];
    }

    private static byte[] Transform(SimulationRandom random, int length) =>
    [
        0, 0, .. WireBytes.Short(52 + length), 0xfd, .. "SMB"u8, .. random.Bytes(16), .. random.Bytes(11), 0, 0, 0, 0, 0,
            .. WireBytes.LongLittle(length), 0, 0, 1, 0,
        .. WireBytes.LongLittle(0x4c000011), 0, 0x20, 0, 0, .. random.Bytes(length),
    ];

    private static byte[] Pdu(byte type, SimulationRandom random, int length) =>
        [5, 0, type, 3, 0x10, 0, 0, 0, (byte)(length + 24), (byte)((length + 24) >> 8), 16, 0, .. WireBytes.LongLittle(type + 2), 0xd0,
            0x16, 0xd0, 0x16, 0, 0, 0, 0, .. random.Bytes(length)];
}
