using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Telemetry.Network.Zeek;

/// <summary>Recorded Zeek logs in every rendering: each well-formed entry is observed, or skipped by design.</summary>
public class ZeekCorpusTests
{
    [Fact]
    public void Every_entry_of_the_recorded_logs_is_observed_or_skipped()
    {
        foreach (string file in Corpus.Files("nsm/zeek"))
        {
            NetworkReading reading = NetworkReading.Of(Corpus.Bytes(file));

            Assert.All(reading.Letters, letter => Assert.Fail($"{file}:{letter.Origin.Line}: {letter.Reason}"));
            Assert.Equal(reading.Counts.Records, reading.Counts.BySource[SourceNames.Zeek]);
            if (Path.GetFileName(file).StartsWith("conn", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("ssl", StringComparison.Ordinal))
            {
                Assert.True(reading.Counts.Observed > 0, file);
            }
        }
    }
}
