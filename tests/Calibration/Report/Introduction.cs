using CipherWatch.Calibration.Corpus;
using static CipherWatch.Calibration.Report.Page;

namespace CipherWatch.Calibration.Report;

/// <summary>How the page came about: command, tools, material.</summary>
internal static class Introduction
{
    private static readonly string[] Tools = ["ffmpeg", "xz", "ent"];

    public static void Write(Page page, Options options, IReadOnlyDictionary<string, List<byte[]>> plain, List<string> skipped)
    {
        string classes = string.Join(", ", plain.Select(c => $"{c.Key} {Whole(c.Value.Count)}"));
        page.Title("Calibration of the randomness scoring")
            .Paragraph("Written by `tests/Calibration` (`dotnet run -c Release --project tests/Calibration -- --help`), seeded: the same files and tools give the same figures, times apart. What the scores mean is in the source beside each constant. Figures are per cent unless they say otherwise.")
            .Paragraph($"Plaintext: bundles of about 1 MB ({classes}) from the .NET SDK, the machine's documents, scripts and libraries{(options.Plain.Count == 0 ? "; JSON of which too little is found is generated" : ", and folders named on the command line (JSON: service definitions, ISO tables and recorded telemetry)")}. {(options.Media is null ? "Pictures and music are synthetic." : "Pictures and music are encoded from photographs, wallpapers and music of Debian packages.")} Each bundle is one compressed stream; fragments start at least 1 KiB inside it. Whatever is chosen or fitted uses the even-numbered streams, whatever is reported the odd ones.")
            .Paragraph($"Tools found: {string.Join(", ", Tools.Where(MediaSources.Has).DefaultIfEmpty("none"))}; deflate, zip, Zstandard, Brotli, LZ4 and bzip2 run inside the program. {(skipped.Count == 0 ? "" : "Skipped: " + string.Join("; ", skipped) + ". ")}{(options.Quick ? "**Quick run: a twentieth of the samples.**" : "")}");
    }
}
