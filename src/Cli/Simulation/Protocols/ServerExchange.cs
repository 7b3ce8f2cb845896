using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>Protocols of servers.</summary>
internal static class ServerExchange
{
    private static readonly string[] Lists =
    [
        "curve25519-sha256,ecdh-sha2-nistp256,kex-strict-c-v00@openssh.com", "ssh-ed25519,rsa-sha2-512",
            "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com",
        "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com", "hmac-sha2-256-etm@openssh.com", "hmac-sha2-256-etm@openssh.com",
            "none,zlib@openssh.com",
        "none,zlib@openssh.com", string.Empty, string.Empty,
    ];

    /// <summary>Versions, then what each end offers for the key exchange, then its first value. Source: RFC 4253, 4.2 and 7.1.</summary>
    public static Payload Ssh(SimulationRandom random, Destination destination) => new(
        [.. WireBytes.Text("SSH-2.0-OpenSSH_9.6\r\n"), .. Offers(random), .. Packet([30, 0, 0, 0, 32, .. random.Bytes(32)])],
        [.. WireBytes.Text("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), .. Offers(random)]);

    /// <summary>TLS asked for before it begins. Source: PostgreSQL, Frontend/Backend Protocol, SSLRequest.</summary>
    public static Payload Postgres(SimulationRandom random, Destination destination)
    {
        Payload tls = TlsExchange.Speak(random, destination);
        return new([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f, .. tls.Out], [.. "S"u8, .. tls.In]);
    }

    /// <summary>Commands in clear.</summary>
    public static Payload Redis(SimulationRandom random, Destination destination) => new(
        WireBytes.Text(
            $"*3\r\n$3\r\nSET\r\n$7\r\nsession\r\n$5\r\n{random.Between(10_000, 99_999)}\r\n*2\r\n$3\r\nGET\r\n$7\r\nsession\r\n"),
        WireBytes.Text($"+OK\r\n$5\r\n{random.Between(10_000, 99_999)}\r\n"));

    /// <summary>Log lines in clear. Source: RFC 6587, 3.4.1.</summary>
    public static Payload Syslog(SimulationRandom random, Destination destination) => new(
        WireBytes.Text(
            $"142 <30>1 2026-03-10T09:00:00Z srv systemd 1 - - Started session {random.Between(10, 999)} of user root. "
            + WebExchange.Prose(random, 12) + "\n"), []);

    /// <summary>A call of NFS 3. Source: RFC 5531, 9; RFC 1813.</summary>
    public static Payload Nfs(SimulationRandom random, Destination destination)
    {
        byte[] id = random.Bytes(4);
        return new(
            [0x80, 0, 0, 0x64, .. id, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0x86, 0xa3, 0, 0, 0, 3, 0, 0, 0, 1, .. new byte[48]],
            [0x80, 0, 0, 0x40, .. id, 0, 0, 0, 1, 0, 0, 0, 0, .. new byte[48]]);
    }

    /// <summary>ESXi's port 902: a greeting, then TLS.</summary>
    public static Payload VmwareFileCopy(SimulationRandom random, Destination destination)
    {
        Payload tls = TlsExchange.Speak(random, destination);
        return new(tls.Out,
            [.. WireBytes.Text("220 VMware Authentication Daemon Version 1.10: SSL Required, ServerDaemonProtocol:SOAP\r\n"), .. tls.In]);
    }

    /// <summary>A remote desktop: a request over TPKT, then TLS. Source: MS-RDPBCGR 2.2.1.1.</summary>
    public static Payload RemoteDesktop(SimulationRandom random, Destination destination)
    {
        Payload tls = TlsExchange.Speak(random, destination.Name ?? string.Empty, isNew: false);
        return new(
            [3, 0, 0, 0x13, 0x0e, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0, .. tls.Out],
            [3, 0, 0, 0x13, 0x0e, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 0x1f, 8, 0, 2, 0, 0, 0, .. tls.In]);
    }

    private static byte[] Offers(SimulationRandom random)
    {
        byte[] lists = WireBytes.Join([.. Lists.Select(list => (byte[])[.. WireBytes.Long(list.Length), .. WireBytes.Text(list)])]);
        return Packet([20, .. random.Bytes(16), .. lists, 0, 0, 0, 0, 0]);
    }

    private static byte[] Packet(byte[] body)
    {
        int padding = 4 + (8 - ((body.Length + 9) % 8));
        return [.. WireBytes.Long(body.Length + padding + 1), (byte)padding, .. body, .. new byte[padding]];
    }
}
