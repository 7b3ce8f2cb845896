using System.Globalization;
using System.Text;

namespace CipherWatch.Calibration.Measures;

/// <summary>
/// Fits the byte models of the repeating-key XOR test and writes them as the source file the library holds: ln(256·p) in
/// sixteenths of a nat, from the even-numbered bundles only.
/// </summary>
internal static class XorModelFit
{
    private static readonly string[] Readable = ["text", "xml", "json", "code"];
    private static readonly string[] Programs = ["elf", "pe"];

    /// <summary>
    /// Share of every class in its model: text, markup, JSON and code alike; both executable formats alike; base64 of the
    /// readable ones as UTF-16, as PowerShell takes its commands, and of the programs.
    /// </summary>
    private static readonly (string Model, (string Class, Func<byte[], byte[]> As)[] Parts)[] Models =
    [
        ("Text", [.. Readable.Select(name => (name, (Func<byte[], byte[]>)(bytes => bytes)))]),
        ("Base64", [.. Readable.Select(name => (name, (Func<byte[], byte[]>)Utf16InBase64)), .. Programs.Select(name => (name, (Func<byte[], byte[]>)InBase64))]),
        ("Binary", [.. Programs.Select(name => (name, (Func<byte[], byte[]>)(bytes => bytes)))]),
    ];

    /// <summary>Uniform share mixed in, so that an unseen byte costs about seven nats instead of infinity.</summary>
    private const double Floor = 0.001;

    public static string Write(IReadOnlyDictionary<string, List<byte[]>> plain)
    {
        StringBuilder source = new StringBuilder();
        foreach ((string? model, (string Class, Func<byte[], byte[]> As)[]? parts) in Models)
        {
            double[] shares = Shares(plain, [.. parts.Where(part => plain.ContainsKey(part.Class))]);
            source.Append(CultureInfo.InvariantCulture, $"    public static ReadOnlySpan<sbyte> {model} =>\n    [\n");
            for (int row = 0; row < 256; row += 16)
            {
                IEnumerable<int> cells = Enumerable.Range(row, 16).Select(value =>
                    (int)Math.Clamp(Math.Round(16 * Math.Log(256 * (((1 - Floor) * shares[value]) + (Floor / 256)))), -127, 127));
                source.Append("        ").AppendJoin(", ", cells).Append(",\n");
            }

            source.Append("    ];\n\n");
        }

        return source.ToString();
    }

    private static double[] Shares(IReadOnlyDictionary<string, List<byte[]>> plain, (string Class, Func<byte[], byte[]> As)[] parts)
    {
        double[] shares = new double[256];
        foreach ((string? name, Func<byte[], byte[]>? form) in parts)
        {
            byte[][] train = plain[name].Where((_, i) => i % 2 == 0).Select(form).ToArray();
            double total = train.Sum(bundle => (long)bundle.Length);
            foreach (byte[]? bundle in train)
            {
                foreach (byte value in bundle)
                {
                    shares[value] += 1 / total / parts.Length;
                }
            }
        }

        return shares;
    }

    private static byte[] InBase64(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));

    private static byte[] Utf16InBase64(byte[] bytes) => InBase64(Encoding.Unicode.GetBytes(Encoding.Latin1.GetString(bytes)));
}
