using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>Protocols over UDP.</summary>
internal static class DatagramExchange
{
    private const int InitialBytes = 1_200;
    private const int NtpBytes = 48;
    private const int VoiceBytes = 160;

    /// <summary>A query for an address. Source: RFC 1035, 4.1.</summary>
    public static Payload Dns(SimulationRandom random, Destination destination)
    {
        byte[] id = random.Bytes(2);
        byte[] question = [3, .. "www"u8, 7, .. "example"u8, 0, 0, 1, 0, 1];
        return new(
            [.. id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. question],
            [.. id, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question, 0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 0x2c, 0, 4, 198, 51, 100,
                (byte)random.Between(1, 250)]);
    }

    /// <summary>A client's question for the time, and the answer. Source: RFC 5905, 7.3.</summary>
    public static Payload Ntp(SimulationRandom random, Destination destination)
    {
        byte[] client = new byte[NtpBytes];
        client[0] = 0x23;
        random.Bytes(8).CopyTo(client, 40);
        byte[] server = new byte[NtpBytes];
        (server[0], server[1], server[2], server[3]) = (0x24, 2, 6, 0xe9);
        for (int field = 16; field < NtpBytes; field += 8)
        {
            server[field] = 0xed;
            random.Bytes(7).CopyTo(server, field + 1);
        }

        return new(client, server);
    }

    /// <summary>
    /// Initial packets. What they carry is encrypted under keys that anybody can compute. Source: RFC 9000, 17.2.2; RFC 9001, 5.2.
    /// </summary>
    public static Payload Quic(SimulationRandom random, Destination destination)
    {
        byte[] client = [0xc3, 0, 0, 0, 1, 8, .. random.Bytes(8), 0, 0, 0x44, 0x9e];
        byte[] server = [0xc1, 0, 0, 0, 1, 0, 8, .. random.Bytes(8), 0, 0x44, 0x9e];
        return new([.. client, .. random.Bytes(InitialBytes - client.Length)], [.. server, .. random.Bytes(InitialBytes - server.Length)]);
    }

    /// <summary>How a call through a relay begins: both ends ask each other to bind. Source: RFC 8489, 5; RFC 8445, 7.2.2.</summary>
    public static Payload CallSetup(SimulationRandom random, Destination destination)
    {
        byte[] transaction = random.Bytes(12);
        byte[] request =
        [
            .. Attribute(6, WireBytes.Text("a8f2:b61c")), .. Attribute(0x24, random.Bytes(4)), .. Attribute(0x802a, random.Bytes(8)),
                .. Attribute(8, random.Bytes(20)),
        ];
        byte[] answer = [.. Attribute(0x20, [0, 1, .. random.Bytes(6)]), .. Attribute(8, random.Bytes(20))];
        return new(
            [0, 1, .. WireBytes.Short(request.Length), 0x21, 0x12, 0xa4, 0x42, .. transaction, .. request],
            [1, 1, .. WireBytes.Short(answer.Length), 0x21, 0x12, 0xa4, 0x42, .. transaction, .. answer]);
    }

    /// <summary>
    /// A conference's media: a wrapper of its own, then RTP whose body is encrypted under keys that another connection agreed on.
    /// Source: Michel et al., Enabling passive measurement of Zoom performance in production networks, 2022; RFC 3550, RFC 3711.
    /// </summary>
    public static Payload Conference(SimulationRandom random, Destination destination) => new(Media(random, 0), Media(random, 4));

    /// <summary>What an ESXi host tells its vCenter every ten seconds: that it lives.</summary>
    public static Payload Heartbeat(SimulationRandom random, Destination destination) => new(
        [.. WireBytes.Text("<hb><host>host-"),
            .. WireBytes.Text($"{random.Between(20, 99)}</host><seq>{random.Between(1, 99_999)}</seq></hb>")], []);

    private static byte[] Media(SimulationRandom random, byte direction)
    {
        byte[] outer = [5, .. random.Bytes(2), 0, 0, 0, 0, direction];
        byte[] inner = [15, 1, 0, 0, 0, 0, 0, 0, .. random.Bytes(2), 0, .. random.Bytes(4), 0, 0, 0, 0];
        return [.. outer, .. inner, 0x90, 0x70, .. random.Bytes(2), 0, .. random.Bytes(7), 0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0,
            .. random.Bytes(VoiceBytes)];
    }

    private static byte[] Attribute(int type, byte[] value) =>
        [.. WireBytes.Short(type), .. WireBytes.Short(value.Length), .. value, .. new byte[(4 - (value.Length % 4)) % 4]];
}
