using System.Globalization;
using System.Text;

namespace CipherWatch.Calibration.Corpus;

/// <summary>Generated records for classes of which few files are found, seeded.</summary>
internal static class SyntheticText
{
    private static readonly string[] Words =
        "login logout transfer update create remove search report session device sensor gateway process network storage account customer payment order ticket cluster worker schedule deploy rollback alert metric trace".Split(' ');

    /// <summary>One JSON object a line, of one of a few shapes, as services log.</summary>
    public static byte[] JsonLog(int length, int seed)
    {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        string[] names = Enumerable.Range(0, 40).Select(_ => $"{Pick(random)}-{random.Next(100)}.{Pick(random)}.example").ToArray();
        while (text.Length < length)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"time\":\"2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}T{random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}.{random.Next(1000):000}Z\",\"level\":\"{(random.Next(9) == 0 ? "warn" : "info")}\",\"host\":\"{names[random.Next(names.Length)]}\",");
            text.Append(random.Next(3) switch
            {
                0 => string.Create(CultureInfo.InvariantCulture, $"\"event\":\"{Pick(random)}.{Pick(random)}\",\"durationMs\":{random.Next(5000)},\"user\":{{\"id\":{random.Next(1 << 20)},\"name\":\"{Pick(random)}{random.Next(1000)}\",\"roles\":[\"{Pick(random)}\",\"{Pick(random)}\"]}}"),
                1 => string.Create(CultureInfo.InvariantCulture, $"\"path\":\"/api/v{random.Next(1, 4)}/{Pick(random)}/{random.Next(99999)}\",\"status\":{(random.Next(5) == 0 ? 404 : 200)},\"bytes\":{random.Next(1 << 16)},\"agent\":\"client/{random.Next(1, 9)}.{random.Next(20)}\""),
                _ => string.Create(CultureInfo.InvariantCulture, $"\"message\":\"{Pick(random)} {Pick(random)} {Pick(random)} failed after {random.Next(60)} s\",\"trace\":\"{random.NextInt64():x16}\",\"values\":[{random.NextDouble():0.###},{random.NextDouble():0.###},{random.Next(100)}]"),
            }).Append("}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString())[..length];
    }

    private static string Pick(Random random) => Words[random.Next(Words.Length)];
}
