using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CipherWatch.Calibration.Ciphers;
using CipherWatch.Calibration.Corpus;

namespace CipherWatch.Calibration.Measures;

/// <summary>The <c>ent</c> tool and this project's command line over the same files, as whole processes.</summary>
internal static class EntProcess
{
    public sealed record Row(string File, int Bytes, double EntMilliseconds, double OurMilliseconds, string EntSays, string WeSay);

    private const int Rounds = 5;

    public static List<Row> Measure(Options options)
    {
        List<Row> rows = new List<Row>();
        if (options.Cli is null || !MediaSources.Has("ent"))
        {
            return rows;
        }

        foreach (int length in new[] { 512, 8192, 1 << 20, 16 << 20 })
        {
            byte[] plain = SyntheticText.JsonLog(Math.Max(length * 8, 1 << 16), seed: length);
            foreach ((string? name, byte[]? bytes) in new (string, byte[])[]
            {
                ("AES-CTR", Cipher.Encrypt("AES-CTR", new byte[length], length)),
                ("deflate, from its middle", Compressors.Deflate(plain, 6)),
            })
            {
                if (bytes.Length < length + 64 && name != "AES-CTR")
                {
                    continue;
                }

                string path = Path.Combine(options.Cache, $"ent-{length}.bin");
                File.WriteAllBytes(path, bytes.AsSpan(bytes.Length - length, length).ToArray());
                (double entTime, string? ent) = Time("ent", $"-t \"{path}\"");
                (string, string) ours = options.Cli.EndsWith(".dll", StringComparison.Ordinal) ? ("dotnet", $"\"{options.Cli}\" score --json \"{path}\"") : (options.Cli, $"score --json \"{path}\"");
                (double ourTime, string? json) = Time(ours.Item1, ours.Item2);
                rows.Add(new Row(name, length, entTime, ourTime, FromTable(ent), Verdict(json)));
                File.Delete(path);
            }
        }

        return rows;
    }

    private static (double Milliseconds, string Output) Time(string tool, string arguments)
    {
        double best = double.MaxValue;
        string output = "";
        for (int round = 0; round < Rounds; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            output = Encoding.UTF8.GetString(MediaSources.Run(tool, arguments, []));
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        return (best, output);
    }

    // Second line: 1,bytes,entropy,chi-square,mean,π,serial correlation.
    private static string FromTable(string table)
    {
        string[] fields = table.Split('\n').Skip(1).FirstOrDefault()?.Split(',') ?? [];
        return fields.Length < 7 ? "–" : string.Create(
            CultureInfo.InvariantCulture,
            $"{double.Parse(fields[2], CultureInfo.InvariantCulture):0.000}, {double.Parse(fields[3], CultureInfo.InvariantCulture):0.0}");
    }

    private static string Verdict(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{document.RootElement.GetProperty("verdict").GetString()}, score {document.RootElement.GetProperty("score").GetDouble():0.00}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            return "–";
        }
    }
}
