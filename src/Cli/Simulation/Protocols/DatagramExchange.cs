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
            [.. id, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question, 0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 0x2c, 0, 4, 198, 51, 100, (byte)random.Between(1, 250)]);
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

    /// <summary>Initial packets. What they carry is encrypted under keys that anybody can compute. Source: RFC 9000, 17.2.2; RFC 9001, 5.2.</summary>
    public static Payload Quic(SimulationRandom random, Destination destination)
    {
        byte[] client = [0xc3, 0, 0, 0, 1, 8, .. random.Bytes(8), 0, 0, 0x44, 0x9e];
        byte[] server = [0xc1, 0, 0, 0, 1, 0, 8, .. random.Bytes(8), 0, 0x44, 0x9e];
        return new([.. client, .. random.Bytes(InitialBytes - client.Length)], [.. server, .. random.Bytes(InitialBytes - server.Length)]);
    }

    /// <summary>A voice or video call: the header in clear, the rest encrypted under keys that another connection agreed on. Source: RFC 3550, RFC 3711.</summary>
    public static Payload SecureRtp(SimulationRandom random, Destination destination) => new(Voice(random), Voice(random));

    /// <summary>What an ESXi host tells its vCenter every ten seconds: that it lives.</summary>
    public static Payload Heartbeat(SimulationRandom random, Destination destination) => new(
        [.. WireBytes.Text("<hb><host>host-"), .. WireBytes.Text($"{random.Between(20, 99)}</host><seq>{random.Between(1, 99_999)}</seq></hb>")], []);

    private static byte[] Voice(SimulationRandom random) =>
        [0x80, 0x6f, .. random.Bytes(2), 0, .. random.Bytes(3), .. random.Bytes(4), .. random.Bytes(VoiceBytes)];
}
