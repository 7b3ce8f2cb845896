using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CipherWatch.Calibration.Corpus;

/// <summary>Synthetic messages of protocols, with random but lifelike fields, each as long as asked or longer.</summary>
internal static class ProtocolMessages
{
    public static readonly string[] Names = ["http", "dns", "smb", "kerberos", "protobuf", "base64", "hex"];

    public static byte[] Make(string name, int length, Random random)
    {
        List<byte> bytes = new List<byte>();
        while (bytes.Count < length)
        {
            switch (name)
            {
                case "http":
                    Http(bytes, random);
                    break;
                case "dns":
                    Dns(bytes, random);
                    break;
                case "smb":
                    Smb(bytes, random);
                    break;
                case "kerberos":
                    Kerberos(bytes, random, length);
                    break;
                case "protobuf":
                    Protobuf(bytes, random);
                    break;
                case "base64":
                    bytes.AddRange(Encoding.ASCII.GetBytes(Convert.ToBase64String(Bytes(random, length))));
                    break;
                default:
                    bytes.AddRange(Encoding.ASCII.GetBytes(Convert.ToHexString(Bytes(random, length))));
                    break;
            }
        }

        return [.. bytes.Take(length)];
    }

    private static void Http(List<byte> into, Random random) => into.AddRange(Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"GET /{Word(random)}/{Word(random)}?id={random.Next(1 << 20):x}&t={random.NextInt64():x} HTTP/1.1\r\nHost: {Word(random)}.{Word(random)}.example\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/{random.Next(60, 140)}.0\r\nAccept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\nCookie: sid={random.NextInt64():x}{random.NextInt64():x}; lang=en\r\nConnection: keep-alive\r\n\r\n")));

    private static void Dns(List<byte> into, Random random)
    {
        Word(into, random.Next(65536));
        into.AddRange([0x81, 0x80, 0, 1, 0, 4, 0, 0, 0, 0]);
        foreach (string? label in new[] { Word(random), Word(random), "example" })
        {
            into.Add((byte)label.Length);
            into.AddRange(Encoding.ASCII.GetBytes(label));
        }

        into.AddRange([0, 0, 1, 0, 1]);
        for (int answer = 0; answer < 4; answer++)
        {
            into.AddRange([0xC0, 0x0C, 0, 1, 0, 1, 0, 0, (byte)random.Next(15), (byte)random.Next(256), 0, 4]);
            into.AddRange(Bytes(random, 4));
        }
    }

    private static void Smb(List<byte> into, Random random)
    {
        into.AddRange([0, 0, 0, 0x74, 0xFE, (byte)'S', (byte)'M', (byte)'B', 0x40, 0, 1, 0, 0, 0, 0, 0]);
        into.AddRange([(byte)random.Next(19), 0, (byte)random.Next(64), 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)random.Next(256), (byte)random.Next(4), 0, 0, 0, 0, 0, 0]);
        into.AddRange([0xFF, 0xFE, 0, 0, (byte)random.Next(64), 0, 0, 0]);
        into.AddRange(Bytes(random, 4));
        into.AddRange([0, 0x10, 0, 0]);
        into.AddRange(new byte[16]);
        into.AddRange([0x39, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        into.AddRange(Encoding.Unicode.GetBytes($"{Word(random)}\\{Word(random)}\\{Word(random)}.docx"));
    }

    private static void Kerberos(List<byte> into, Random random, int length)
    {
        // An AS-REQ with names and times in the clear; the realm repeats, the pre-authentication is 60 bytes of cipher.
        string realm = Word(random).ToUpperInvariant() + ".EXAMPLE";
        List<byte> body = new List<byte>();
        body.AddRange([0xA1, 3, 2, 1, 5, 0xA2, 3, 2, 1, 0x0A, 0xA3, 0x4E, 0x30, 0x4C, 0x30, 0x4A, 0xA1, 3, 2, 1, 2, 0xA2, 0x43, 4, 0x41, 0x30, 0x3F, 0xA0, 3, 2, 1, 0x12, 0xA2, 0x38, 4, 0x36]);
        body.AddRange(Bytes(random, 54));
        for (int i = 0; i < Math.Max(1, length / 150); i++)
        {
            body.AddRange([0xA4, 0x81, 0xB0, 0x30, 0x81, 0xAD, 0xA0, 7, 3, 5, 0, 0x40, 0x81, 0, 0x10, 0xA1, 0x15, 0x30, 0x13, 0xA0, 3, 2, 1, 1, 0xA1, 0x0C, 0x30, 0x0A, 0x1B, 8]);
            body.AddRange(Encoding.ASCII.GetBytes(Word(random) + "$"));
            body.AddRange([0xA2, 0x0E, 0x1B, 0x0C]);
            body.AddRange(Encoding.ASCII.GetBytes(realm));
            body.AddRange([0xA3, 0x21, 0x30, 0x1F, 0xA0, 3, 2, 1, 2, 0xA1, 0x18, 0x30, 0x16, 0x1B, 6]);
            body.AddRange(Encoding.ASCII.GetBytes("krbtgt"));
            body.AddRange([0x1B, 0x0C]);
            body.AddRange(Encoding.ASCII.GetBytes(realm));
            body.AddRange([0xA5, 0x11, 0x18, 0x0F]);
            body.AddRange(Encoding.ASCII.GetBytes("20370913024805Z"));
            body.AddRange([0xA8, 0x15, 0x30, 0x13, 2, 1, 0x12, 2, 1, 0x11, 2, 1, 0x17, 2, 1, 0x18, 2, 2, 0xFF, 0x79]);
        }

        into.AddRange([0x6A, 0x82, (byte)((body.Count + 4) >> 8), (byte)(body.Count + 4), 0x30, 0x82, (byte)(body.Count >> 8), (byte)body.Count]);
        into.AddRange(body);
    }

    private static void Protobuf(List<byte> into, Random random)
    {
        string text = Word(random);
        into.AddRange([0x0A, (byte)text.Length]);
        into.AddRange(Encoding.ASCII.GetBytes(text));
        into.AddRange([0x10, (byte)(0x80 | random.Next(128)), (byte)random.Next(128), 0x19]);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(number, Math.Round(random.NextDouble() * 100, 2));
        into.AddRange(number);
        into.AddRange([0x22, 0x06, 0x08, (byte)random.Next(128), 0x15, (byte)random.Next(256), (byte)random.Next(256), 0]);
    }

    private static void Word(List<byte> into, int value) => into.AddRange([(byte)(value >> 8), (byte)value]);

    private static string Word(Random random)
    {
        Span<char> letters = stackalloc char[random.Next(4, 10)];
        foreach (ref char letter in letters)
        {
            letter = "etaoinshrdlcumwfgypbvk"[(int)(Math.Pow(random.NextDouble(), 1.6) * 22)];
        }

        return letters.ToString();
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
