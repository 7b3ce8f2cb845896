using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>Of recorded telemetry of every kind each record has one outcome, told once, however the bytes arrive.</summary>
public class CorpusAccountingTests
{
    /// <summary>Reading every file twice takes long: of longer ones the beginning has all that a format has.</summary>
    private const int MaxBytes = 1 << 20;

    public static TheoryData<string> Folders => ["windows", "linux", "macos", "esxi", "nsm", "pcap"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Records_are_those_observed_skipped_and_kept(string folder)
    {
        int files = 0;
        foreach (string file in Corpus.Files(folder))
        {
            byte[] bytes = Corpus.Bytes(file);
            bytes = bytes[..Math.Min(bytes.Length, MaxBytes)];
            Reading whole = Reading.Of(bytes);
            Reading chunked = Reading.InChunks(bytes, 7_001, 65_536);
            files++;
            Assert.Equal((file, whole.Counts.Records), (file, whole.RecordsDone));
            Assert.Equal((file, whole.Counts.DeadLettered), (file, whole.DeadLetters.Count(letter => letter.Part == 0)));
            Assert.Equal((file, Text(whole.Counts)), (file, Text(chunked.Counts)));
            Assert.Equal(whole.Counts.Observations, whole.Observations.Count);
        }

        Assert.True(files > 0);
    }

    private static string Text(IngestionCounts counts) => $"{counts.Observed} {counts.Skipped} {counts.DeadLettered} {counts.Observations} {counts.Bytes}";
}
