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

Stopwatch started = Stopwatch.StartNew();
void Log(string what) => Console.Error.WriteLine($"{started.Elapsed:mm\\:ss} {what}");

Directory.CreateDirectory(options.Cache);
Log("read plaintext");
Dictionary<string, List<byte[]>> plain = PlainSources.Load(PlainSources.DefaultFolders().Concat(options.Plain));
if (options.XorModels)
{
    Console.Write(XorModelFit.Write(plain));
    return 0;
}

List<byte[]> bundles = plain.OrderBy(c => c.Key, StringComparer.Ordinal).SelectMany(c => c.Value).ToList();
MediaSources media = new MediaSources(options.Media, options.Cache);
bool needsStreams = options.Wants("compressed") || options.Wants("accumulation") || options.Wants("weak");
CompressedCorpus corpus = needsStreams ? CompressedCorpus.Build(plain, media, options.Cache, Log) : new CompressedCorpus();
Page page = new Page(options.Out, "calibration");
Introduction.Write(page, options, plain, media.Skipped);

foreach ((string? name, Action? write) in new (string, Action)[]
{
    ("ciphertext", () => SampleSections.Ciphertext(page, options, bundles)),
    ("plain", () => SampleSections.Plain(page, options, plain)),
    ("compressed", () => CompressedSection.Write(page, options, corpus, bundles, Log)),
    ("accumulation", () => FlowSections.Together(page, options, corpus)),
    ("weak", () => FlowSections.Weak(page, options, plain, corpus)),
    ("transports", () => FlowSections.Obfuscated(page, options)),
    ("captures", () => CaptureSection.Write(page, options)),
    ("cost", () => FlowSections.Times(page, options)),
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
