using System.Buffers.Binary;
using CipherWatch.Calibration.Ciphers;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Calibration.Measures;

/// <summary>Home-made and obfuscated transports without a key exchange on the wire, as flows of two directions.</summary>
internal static class Transports
{
    public sealed record Row(string Transport, double Caught, IReadOnlyDictionary<PayloadVerdict, int> Verdicts);

    private static readonly (string Name, Func<Random, int, byte[]> Direction)[] Made =
    [
        ("shadowsocks-like: 32 B salt, sealed chunks of 2+16 and n+16", (random, seed) => Secret("ChaCha20", 32 + random.Next(80, 1200), seed)),
        ("vmess-like: 16 B authentication, sealed header, chunks", (random, seed) => Secret("AES-CTR", 16 + random.Next(60, 1200), seed)),
        ("obfs-like: random padding, then a keystream", (random, seed) => [.. Secret("RC4", random.Next(64, 512), seed), .. Secret("AES-CTR", random.Next(64, 900), seed + 1)]),
        ("RC4, 2 B big-endian length", (random, seed) => Framed(random, "RC4", 2, big: true, seed)),
        ("RC4, 4 B little-endian length", (random, seed) => Framed(random, "RC4", 4, big: false, seed)),
        ("AES-CBC, 4 B big-endian length, 16 B vector", (random, seed) => Framed(random, "AES-CBC", 4, big: true, seed)),
        ("AES-CTR, 4 B little-endian length", (random, seed) => Framed(random, "AES-CTR", 4, big: false, seed)),
        ("ChaCha20, 2 B little-endian length", (random, seed) => Framed(random, "ChaCha20", 2, big: false, seed)),
        ("Blowfish-CBC, 4 B little-endian length", (random, seed) => Framed(random, "Blowfish-CBC", 4, big: false, seed)),
    ];

    public static IEnumerable<Row> Measure(int flows)
    {
        foreach ((string? name, Func<Random, int, byte[]>? make) in Made)
        {
            FlowScore[] scores = Trials.Run(flows, name.Length, (random, i) => FlowScorer.Score(
                Stream(make(random, (i * 10) + 1)), Stream(make(random, (i * 10) + 5)), Handshake.None));
            yield return new Row(
                name,
                (double)scores.Count(s => s.WithoutKeyExchange) / flows,
                scores.GroupBy(s => s.Verdict).ToDictionary(g => g.Key, g => g.Count()));
        }
    }

    private static FlowPayload Stream(byte[] bytes) => new()
    {
        Payloads = [bytes.AsMemory(0, Math.Min(bytes.Length, 1460))],
        Context = new PayloadContext { Transport = Transport.Tcp, SourcePort = 50_000, DestinationPort = 8443, PayloadLength = bytes.Length },
    };

    private static byte[] Secret(string cipher, int length, int seed) => Cipher.Encrypt(cipher, new byte[length], seed + 9_000_000);

    private static byte[] Framed(Random random, string cipher, int width, bool big, int seed)
    {
        // A first message of 64 to 400 bytes and up to a dozen more.
        List<byte> stream = new List<byte>();
        Span<byte> prefix = stackalloc byte[4];
        for (int message = 0; message <= random.Next(12); message++)
        {
            int length = random.Next(4, 25) * 16;
            if (width == 2 && big)
            {
                BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)length);
            }
            else if (width == 2)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(prefix, (ushort)length);
            }
            else if (big)
            {
                BinaryPrimitives.WriteInt32BigEndian(prefix, length);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(prefix, length);
            }

            stream.AddRange(prefix[..width]);
            stream.AddRange(Secret(cipher, length, seed + (message * 131)));
        }

        return [.. stream];
    }
}
