using System.Diagnostics;
using CipherWatch.Calibration;
using CipherWatch.Calibration.Corpus;
using CipherWatch.Calibration.Measures;
using CipherWatch.Calibration.Report;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

var started = Stopwatch.StartNew();
void Log(string what) => Console.Error.WriteLine($"{started.Elapsed:mm\\:ss} {what}");

Directory.CreateDirectory(options.Cache);
Log("read plaintext");
var plain = PlainSources.Load(PlainSources.DefaultFolders().Concat(options.Plain));
if (options.XorModels)
{
    Console.Write(XorModelFit.Write(plain));
    return 0;
}

var bundles = plain.OrderBy(c => c.Key, StringComparer.Ordinal).SelectMany(c => c.Value).ToList();
var media = new MediaSources(options.Media, options.Cache);
var needsStreams = options.Wants("compressed") || options.Wants("accumulation") || options.Wants("weak");
var corpus = needsStreams ? CompressedCorpus.Build(plain, media, options.Cache, Log) : new CompressedCorpus();
var page = new Page(options.Out);
page.Title("Calibration of the randomness scoring")
    .Paragraph("Written by `tests/Calibration` (`dotnet run -c Release --project tests/Calibration`), seeded: the same files and tools give the same figures, times apart. What the scores mean is in the source beside each constant.")
    .Paragraph($"Plaintext: {string.Join(", ", plain.Select(c => $"{c.Key} {c.Value.Count}"))} bundles of about 1 MB, from the .NET SDK and the machine's documents, scripts and libraries. {(options.Media is null ? "Pictures and music are synthetic." : "Pictures and music are encoded from photographs and music given by folder.")} {(media.Skipped.Count == 0 ? "Nothing was skipped." : "Skipped: " + string.Join("; ", media.Skipped) + ".")}{(options.Quick ? " **Quick run: a twentieth of the samples.**" : "")}");

foreach (var (name, write) in new (string, Action)[]
{
    ("ciphertext", () => SampleSections.Ciphertext(page, options, bundles)),
    ("plain", () => SampleSections.Plain(page, options, plain)),
    ("compressed", () => CompressedSection.Write(page, options, corpus, bundles, Log)),
    ("accumulation", () => FlowSections.Together(page, options, corpus)),
    ("weak", () => FlowSections.Weak(page, options, plain, corpus)),
    ("transports", () => FlowSections.Obfuscated(page, options)),
    ("cost", () => FlowSections.Times(page)),
})
{
    if (options.Wants(name))
    {
        Log(name);
        write();
        page.Save();
    }
}

Log("done");
return 0;
