using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>Tunnels.</summary>
internal static class VpnExchange
{
    private const int InitiationBytes = 144;
    private const int ResponseBytes = 88;

    /// <summary>Handshake initiation and response. Source: Donenfeld, WireGuard, 2017, 5.4.</summary>
    public static Payload WireGuard(SimulationRandom random, Destination destination) => new(
        [1, 0, 0, 0, .. random.Bytes(InitiationBytes)], [2, 0, 0, 0, .. random.Bytes(ResponseBytes)]);

    /// <summary>A hard reset each way, then TLS in control packets. Source: OpenVPN, ssl_pkt.h.</summary>
    public static Payload OpenVpn(SimulationRandom random, Destination destination)
    {
        byte[] client = random.Bytes(8);
        byte[] server = random.Bytes(8);
        return new(
            [0x38, .. client, 0, 0, 0, 0, 0, 0x20, .. client, 0, 0, 0, 0, 1, .. TlsExchange.Hello(random, string.Empty, isNew: true)],
            [0x40, .. server, 1, 0, 0, 0, 0, .. client, 0, 0, 0, 0]);
    }

    /// <summary>IKE behind address translation. Source: RFC 7296, 3.1; RFC 3948, 2.2.</summary>
    public static Payload IpsecNat(SimulationRandom random, Destination destination)
    {
        byte[] initiator = random.Bytes(8);
        byte[] responder = random.Bytes(8);
        byte[] proposal = [0x22, 0, 0, 0x30, 0, 0, 0, 0x2c, 1, 1, 0, 4, 3, 0, 0, 0x0c, 1, 0, 0, 0x14, 0x80, 0x0e, 1, 0, .. new byte[24]];
        byte[] exchange = [0x28, 0, 0, 0x48, 0, 31, 0, 0, .. random.Bytes(64)];
        int length = 28 + proposal.Length + exchange.Length;
        return new(
            [0, 0, 0, 0, .. initiator, .. new byte[8], 0x21, 0x20, 34, 8, 0, 0, 0, 0, .. WireBytes.Long(length), .. proposal, .. exchange],
            [0, 0, 0, 0, .. initiator, .. responder, 0x21, 0x20, 34, 0x20, 0, 0, 0, 0, .. WireBytes.Long(length), .. proposal,
                .. exchange]);
    }
}
