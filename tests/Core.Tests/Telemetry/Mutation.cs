using System.Text;

namespace CipherWatch.Core.Tests.Telemetry;

/// <summary>Changes some bytes of a record: flips, cuts, doublings, and values that parsers stumble over.</summary>
internal static class Mutation
{
    private static readonly byte[][] Awkward =
        [.. new[] { "\"", "\\", "\\u", "{", "}", "[", "]", "\t", "\n", ",", ":", "-", "-1", "1e999", "99999999999999999999", "null", "\0", "\u00ff" }
            .Select(Encoding.UTF8.GetBytes)];

    public static byte[] Of(byte[] sample, uint seed)
    {
        Random random = new((int)(seed & int.MaxValue));
        List<byte> bytes = [.. sample];
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Awkward[random.Next(Awkward.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
