using System.IO.Compression;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Windows;

/// <summary>Real recorded sessions: every record is observed or skipped by design.</summary>
public class CorpusTests
{
    [Theory]
    [InlineData("windows/sysmon-nxlog-json", 2)]
    [InlineData("windows/sysmon-evtx-xml", int.MaxValue)]
    public void No_record_is_a_dead_letter(string folder, int files)
    {
        Assert.SkipUnless(Repository.Corpus is not null, "The shared corpus is not beside the repository.");
        long records = 0;
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Repository.Corpus, folder), "*.gz").Order(StringComparer.Ordinal).Take(files))
        {
            Reading reading = new() { Wants = _ => false };
            using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
            reading.Stream(stream);
            string letters = string.Join('\n', reading.DeadLetters.Select(letter => $"{letter.Origin} {letter.Reason}"));
            Assert.True(reading.Counts.DeadLettered == 0, $"{Path.GetFileName(path)}: {letters}");
            records += reading.Counts.Records;
        }

        Assert.NotEqual(0, records);
    }
}
