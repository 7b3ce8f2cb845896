using CipherWatch.Calibration.Measures;
using CipherWatch.Core.Randomness;
using static CipherWatch.Calibration.Report.Page;

namespace CipherWatch.Calibration.Report;

/// <summary>The section about packet captures, and a page of its own with every one of them.</summary>
internal static class CaptureSection
{
    public static void Write(Page page, Options options)
    {
        if (options.Captures is null)
        {
            return;
        }

        List<Captures.Row> all = Captures.Measure(options.Captures);
        List<Captures.Row> flows = all.Where(r => r.Payload >= SampleLengths.Verdict).ToList();
        List<Captures.Row> none = flows.Where(r => r.Score.WithoutKeyExchange).ToList();
        page.Heading("Packet captures")
            .Paragraph($"{Whole(all.Select(r => r.Capture).Distinct().Count())} public captures (nDPI, Mercury, ipfixprobe), {Whole(all.Count)} flows, {Whole(flows.Count)} with 64 B of payload and more; of these {Whole(none.Count)} ({Percent((double)none.Count / Math.Max(1, flows.Count))} %) are *encrypted without key exchange*, {Whole(flows.Count(r => r.Score.Verdict == PayloadVerdict.Xor))} *xor*, {Whole(flows.Count(r => r.Score.EcbRepeats > 0))} with ECB repeats. Every capture is in [calibration-captures.md](calibration-captures.md).")
            .Table(
                ["capture", "flow", "payload B", "finding"],
                flows.Where(r => r.Score.WithoutKeyExchange || r.Score.Verdict == PayloadVerdict.Xor || r.Score.EcbRepeats > 0)
                    .Select(r => (IEnumerable<string>)[r.Capture, r.Flow, $"{r.Payload}", Captures.Kind(r) + (r.Score.EcbRepeats > 0 ? ", ECB repeats" : "")]))
            .Paragraph(AsOthersSay(options.Captures))
            .Paragraph("Flows by what they are, of 64 B and more:")
            .Table(
                ["flow is", "flows", "captures"],
                flows.GroupBy(Captures.Kind).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => (IEnumerable<string>)[g.Key, Whole(g.Count()), Whole(g.Select(r => r.Capture).Distinct().Count())]));

        new Page(options.Out, "calibration-captures").Title("Every capture and verdict")
            .Paragraph("Part of the [calibration](calibration.md): for each public capture, what its flows are and how many. *Insufficient* is under 64 B a direction; a flow whose start is not in the capture is never a finding by itself.")
            .Table(
                ["capture", "flows", "what they are"],
                all.GroupBy(r => r.Capture).Select(g => (IEnumerable<string>)[
                    g.Key, Whole(g.Count()),
                    string.Join(", ", g.GroupBy(Captures.Kind).OrderByDescending(k => k.Count()).ThenBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key} {k.Count()}"))]))
            .Save();
    }

    /// <summary>What nDPI says of its captures, from the results that its sources keep beside them.</summary>
    private static string AsOthersSay(string captures)
    {
        string[] results = [.. Directory.EnumerateFiles(captures, "*.pcap*.out", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        string[] said =
        [
            .. results.Select(path => (Name: Path.GetFileName(path)[..^".out".Length], Flows: File.ReadLines(path).Count(line => line.Contains("Fully Encrypted Flow **", StringComparison.Ordinal))))
                .Where(each => each.Flows > 0).Select(each => $"{each.Name} {each.Flows}"),
        ];
        return results.Length == 0 ? "nDPI's own results were not beside the captures."
            : $"nDPI's own results of its captures ({Whole(results.Length)} files) call flows of these *Fully Encrypted*: {string.Join(", ", said)}.";
    }
}
