using System.Text;
using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>What implants and their servers say to one another, before it is encrypted.</summary>
internal static class Messages
{
    /// <summary>A report as text: JSON.</summary>
    public static byte[] Text(SimulationRandom random, int length)
    {
        StringBuilder text = new();
        text.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"{{\"id\":\"{random.Between(100_000, 999_999)}\",\"task\":\"none\",\"sleep\":{random.Between(10, 900)},\"out\":\"");
        while (text.Length < length)
        {
            text.Append(WebExchange.Prose(random, 8)).Append("\\n");
        }

        return WireBytes.Text(text.ToString()[..length]);
    }

    /// <summary>A report as structures: small numbers, names in fields of one width, and many zeros.</summary>
    public static byte[] Structures(SimulationRandom random, int length)
    {
        const int Entry = 64;
        const int NameAt = 16;
        byte[] bytes = new byte[length];
        for (int at = 0; at + Entry <= length; at += Entry)
        {
            bytes[at] = (byte)random.Between(1, 200);
            bytes[at + 1] = (byte)random.Between(0, 8);
            bytes[at + 4] = 1;
            byte[] name = WireBytes.Text(WebExchange.Prose(random, 1) + ".exe");
            name.CopyTo(bytes, at + NameAt);
        }

        return bytes;
    }
}
