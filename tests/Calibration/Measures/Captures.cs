using System.IO.Compression;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Telemetry.Captures;

namespace CipherWatch.Calibration.Measures;

/// <summary>The verdict on every flow of a folder of packet captures.</summary>
internal static class Captures
{
    /// <summary>One flow.</summary>
    public sealed record Row(string Capture, string Flow, long Payload, FlowScore Score);

    public static List<Row> Measure(string folder)
    {
        List<Row> rows = new List<Row>();
        foreach (string? path in Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using FileStream file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            string name = Path.GetRelativePath(folder, path).Replace(".gz", "", StringComparison.Ordinal);
            List<(int Number, Row Row)> flows = new List<(int Number, Row Row)>();
            CaptureReader.Read(
                stream,
                flow => flows.Add((flow.Number, new Row(name, flow.ToString(), flow.Out.PayloadBytes + flow.In.PayloadBytes, flow.Score()))),
                CancellationToken.None);
            rows.AddRange(flows.OrderBy(f => f.Number).Select(f => f.Row));
        }

        return rows;
    }

    /// <summary>What a flow is called in the tables: the protocol that names it, else its verdict.</summary>
    public static string Kind(Row row) => row.Score.WithoutKeyExchange ? "**encrypted, no key exchange**"
        : row.Score.Protocol is { } protocol ? protocol
        : row.Score is { Verdict: PayloadVerdict.Encrypted, Handshake: Handshake.Unseen or Handshake.Unknown } ? "encrypted, start not seen"
        : row.Score.Verdict == PayloadVerdict.Encrypted ? "encrypted after a key exchange"
        : row.Score.Verdict == PayloadVerdict.Xor ? $"**xor, key {row.Score.XorKeyLength}**"
        : row.Score.Container is { } container ? $"{Lower(row)} ({container})"
        : Lower(row);

    private static string Lower(Row row) => row.Score.Verdict.ToString().ToLowerInvariant();
}
