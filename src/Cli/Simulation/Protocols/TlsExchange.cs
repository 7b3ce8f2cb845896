using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>
/// TLS as it starts: client hello with a server name; server hello and what follows it. Source: RFC 5246, RFC 8446, RFC 6066.
/// </summary>
internal static class TlsExchange
{
    private const int RandomBytes = 32;

    /// <summary>The first bytes of a connection: three in four are TLS 1.3.</summary>
    public static Payload Speak(SimulationRandom random, Destination destination) =>
        Speak(random, destination.Name ?? string.Empty, isNew: !random.OneIn(4));

    /// <summary>The first bytes of a connection of a version.</summary>
    public static Payload Speak(SimulationRandom random, string serverName, bool isNew)
    {
        byte[] client = Hello(random, serverName, isNew);
        byte[] server =
        [
            3, 3, .. random.Bytes(RandomBytes), RandomBytes, .. random.Bytes(RandomBytes), .. isNew ? new byte[] { 0x13, 1 }
                : [0xc0, 0x2f], 0,
            .. isNew ? Extensions(Extension(43, [3, 4]), KeyShare(random, isServers: true)) : new byte[] { 0, 0 },
        ];
        return isNew
            ? new(client, [.. Handshake(2, server), 20, 3, 3, 0, 1, 1, .. Record(23, random.Bytes(1_100))])
            : new(client, [.. Handshake(2, server), .. Handshake(11, [.. Certificate(serverName), .. random.Bytes(900)])]);
    }

    /// <summary>A client hello.</summary>
    public static byte[] Hello(SimulationRandom random, string serverName, bool isNew)
    {
        byte[] name = WireBytes.Text(serverName);
        byte[] nameExtension = name.Length == 0 ? []
            : Extension(0, [.. WireBytes.Short(name.Length + 3), 0, .. WireBytes.Short(name.Length), .. name]);
        byte[] groups = Extension(10, [0, 6, 0, 29, 0, 23, 0, 24]);
        byte[] versions = isNew ? Extension(43, [4, 3, 4, 3, 3]) : [];
        byte[] share = isNew ? KeyShare(random, isServers: false) : [];
        byte[] suites = isNew ? [0, 8, 0x13, 1, 0x13, 2, 0x13, 3, 0xc0, 0x2f] : [0, 6, 0xc0, 0x2f, 0xc0, 0x30, 0, 0x9c];
        return Handshake(1,
        [
            3, 3, .. random.Bytes(RandomBytes), RandomBytes, .. random.Bytes(RandomBytes), .. suites, 1, 0,
            .. Extensions(nameExtension, groups, versions, share),
        ]);
    }

    /// <summary>A record.</summary>
    public static byte[] Record(byte type, byte[] body) => [type, 3, 3, .. WireBytes.Short(body.Length), .. body];

    private static byte[] Certificate(string serverName) => WireBytes.Der(
        0x30, WireBytes.Der(0x30, WireBytes.Der(6, [0x55, 4, 3]), WireBytes.Der(12, WireBytes.Text(serverName))),
        WireBytes.Der(0x30, WireBytes.Der(6, [0x55, 4, 10]), WireBytes.Der(12, WireBytes.Text("Example Issuing CA"))));

    private static byte[] Extensions(params ReadOnlySpan<byte[]> extensions)
    {
        byte[] all = WireBytes.Join(extensions);
        return [.. WireBytes.Short(all.Length), .. all];
    }

    private static byte[] Extension(int type, byte[] body) => [.. WireBytes.Short(type), .. WireBytes.Short(body.Length), .. body];

    private static byte[] KeyShare(SimulationRandom random, bool isServers)
    {
        byte[] entry = [0, 29, 0, RandomBytes, .. random.Bytes(RandomBytes)];
        return Extension(51, isServers ? entry : [.. WireBytes.Short(entry.Length), .. entry]);
    }

    private static byte[] Handshake(byte type, byte[] body) => Record(22, [type, 0, .. WireBytes.Short(body.Length), .. body]);
}
