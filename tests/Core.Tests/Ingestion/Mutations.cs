using System.Text;

namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>Damages telemetry the ways it is damaged on the road, and some ways it never is.</summary>
internal static class Mutations
{
    private const int DeepestNesting = 10_000;

    private static readonly byte[][] Splinters =
    [
        "\""u8.ToArray(), "\\"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(),
        "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\0"u8.ToArray(), "<Event>"u8.ToArray(), "</Event>"u8.ToArray(), "<Data Name='"u8.ToArray(),
        "&#x110000;"u8.ToArray(), "&amp"u8.ToArray(), "\\u"u8.ToArray(), "\\ud800"u8.ToArray(), "\\ud83d\\ude00"u8.ToArray(), "null"u8.ToArray(),
        "{\"records\":["u8.ToArray(), "]}"u8.ToArray(), "\uFEFF"u8.ToArray(), "99999999999999999999999999999999999999"u8.ToArray(),
        "-9223372036854775809"u8.ToArray(), "1e400"u8.ToArray(), "0x"u8.ToArray(), [0xff, 0xfe], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
        "9999-99-99T99:99:99.999999999999Z"u8.ToArray(), "{00000000-0000-0000-0000-00000000000g}"u8.ToArray(), "#fields\tts\tuid\n"u8.ToArray(),
    ];

    /// <summary>A damaged copy.</summary>
    public static byte[] Damage(byte[] bytes, byte[] other, Random random)
    {
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            bytes = Once(bytes, other, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random random)
    {
        if (bytes.Length < 4)
        {
            return [.. bytes, .. other];
        }

        int from = random.Next(bytes.Length);
        int to = Math.Min(bytes.Length, from + random.Next(1, 200));
        switch (random.Next(8))
        {
            case 0:
                return bytes[..from];
            case 1:
                byte[] flipped = [.. bytes];
                for (int flips = random.Next(1, 8); flips > 0; flips--)
                {
                    flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                }

                return flipped;
            case 2:
                return [.. bytes[..from], .. bytes[to..]];
            case 3:
                return [.. bytes[..to], .. bytes[from..]];
            case 4:
                int at = random.Next(other.Length);
                return [.. bytes[..from], .. other[at..Math.Min(other.Length, at + random.Next(1, 400))], .. bytes[from..]];
            case 5:
                return Swap(bytes, random);
            case 6:
                string deep = new(random.Next(2) == 0 ? '[' : '{', random.Next(DeepestNesting));
                return [.. bytes[..from], .. Encoding.ASCII.GetBytes(deep), .. bytes[from..]];
            default:
                return [.. bytes[..from], .. Splinters[random.Next(Splinters.Length)], .. bytes[(random.Next(2) == 0 ? from : to)..]];
        }
    }

    /// <summary>Exchanges two values: what stands between two pairs of quotes.</summary>
    private static byte[] Swap(byte[] bytes, Random random)
    {
        List<int> quotes = [];
        for (int index = 0; index < bytes.Length && quotes.Count < 400; index++)
        {
            if (bytes[index] == (byte)'"')
            {
                quotes.Add(index);
            }
        }

        if (quotes.Count < 8)
        {
            return bytes;
        }

        int first = random.Next(quotes.Count / 2 - 1);
        int second = random.Next(quotes.Count / 2, quotes.Count - 1);
        return [.. bytes[..quotes[first]], .. bytes[quotes[second]..quotes[second + 1]], .. bytes[quotes[first + 1]..quotes[second]],
            .. bytes[quotes[first]..quotes[first + 1]], .. bytes[quotes[second + 1]..]];
    }
}
