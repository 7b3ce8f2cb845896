using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>First payload bytes of flows, as a sensor exports them.</summary>
internal static class FirstBytes
{
    private const int RandomBytes = 32;
    private const int CabinetBytes = 1_700;

    /// <summary>TLS 1.2 as it starts: client hello with a server name; server hello, certificate, key exchange. Source: RFC 5246, 6066.</summary>
    public static (byte[] Out, byte[] In) Tls(SimulationRandom random, string serverName)
    {
        byte[] name = Encoding.ASCII.GetBytes(serverName);
        byte[] extension = [0, 0, .. Long(name.Length + 5), .. Long(name.Length + 3), 0, .. Long(name.Length), .. name];
        byte[] client =
        [
            3, 3, .. random.Bytes(RandomBytes), RandomBytes, .. random.Bytes(RandomBytes), 0, 6, 0xc0, 0x2f, 0xc0, 0x30, 0, 0x9c, 1, 0,
            .. Long(extension.Length), .. extension,
        ];
        byte[] server = [3, 3, .. random.Bytes(RandomBytes), RandomBytes, .. random.Bytes(RandomBytes), 0xc0, 0x2f, 0, 0, 0];
        byte[] certificate = Encoding.ASCII.GetBytes($"0\u0082\u0003 CN={serverName}, O=Example Issuing CA, C=ZZ");
        return (Record(1, client), [.. Record(2, server), .. Record(11, [.. certificate, .. random.Bytes(900)])]);
    }

    /// <summary>An HTTP download of a cabinet file: random-looking, and explained by what it is.</summary>
    public static (byte[] Out, byte[] In) Download(SimulationRandom random, string host, string path)
    {
        // A cabinet's header (MS-CAB 2.1), then compressed folders. A real compressor is not called: its output differs by version.
        byte[] cabinet = [.. "MSCF"u8, 0, 0, 0, 0, 0, 0, 0x3c, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, .. random.Bytes(CabinetBytes)];
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.ms-cab-compressed\r\nContent-Length: {cabinet.Length}\r\n\r\n");
        return (
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Updater/3.1\r\nAccept: */*\r\n\r\n"),
            [.. Encoding.ASCII.GetBytes(head), .. cabinet]);
    }

    /// <summary>An implant's message: AES-256-CBC under a key that both ends hold, nothing else on the wire.</summary>
    public static byte[] Encrypted(SimulationRandom random, int length)
    {
        byte[] text = Encoding.ASCII.GetBytes(new StringBuilder().Insert(0, "{\"id\":\"a41\",\"task\":\"none\",\"sleep\":600}", (length / 38) + 1).ToString(0, length));
        using Aes aes = Aes.Create();
        aes.Key = SHA256.HashData("a key that was built in"u8);
        byte[] initial = random.Bytes(aes.BlockSize / 8);
        return [.. initial, .. aes.EncryptCbc(text, initial)];
    }

    private static byte[] Record(byte type, byte[] body)
    {
        byte[] message = [type, 0, .. Long(body.Length), .. body];
        return [22, 3, 3, .. Long(message.Length), .. message];
    }

    private static byte[] Long(int length)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)length);
        return bytes;
    }
}
