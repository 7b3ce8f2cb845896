using System.Globalization;
using System.Text;

namespace CipherWatch.Calibration.Measures;

/// <summary>
/// Fits the two byte models of the repeating-key XOR test and writes them as the source file the library holds:
/// ln(256·p) in sixteenths of a nat, from the even-numbered bundles only.
/// </summary>
internal static class XorModelFit
{
    /// <summary>Share of every class in its model: text, markup, JSON and code alike; both executable formats alike.</summary>
    private static readonly (string Model, string[] Classes)[] Models =
        [("Text", ["text", "xml", "json", "code"]), ("Binary", ["elf", "pe"])];

    /// <summary>Uniform share mixed in, so that an unseen byte costs about seven nats instead of infinity.</summary>
    private const double Floor = 0.001;

    public static string Write(IReadOnlyDictionary<string, List<byte[]>> plain)
    {
        var source = new StringBuilder();
        foreach (var (model, classes) in Models)
        {
            var shares = new double[256];
            var used = classes.Where(plain.ContainsKey).ToArray();
            foreach (var name in used)
            {
                var train = plain[name].Where((_, i) => i % 2 == 0).ToArray();
                double total = train.Sum(b => (long)b.Length);
                foreach (var bundle in train)
                {
                    foreach (var value in bundle)
                    {
                        shares[value] += 1 / total / used.Length;
                    }
                }
            }

            source.Append(CultureInfo.InvariantCulture, $"    public static ReadOnlySpan<sbyte> {model} =>\n    [\n");
            for (var row = 0; row < 256; row += 16)
            {
                var cells = Enumerable.Range(row, 16).Select(value =>
                    (int)Math.Clamp(Math.Round(16 * Math.Log(256 * (((1 - Floor) * shares[value]) + (Floor / 256)))), -127, 127));
                source.Append("        ").AppendJoin(", ", cells).Append(",\n");
            }

            source.Append("    ];\n\n");
        }

        return source.ToString();
    }
}
