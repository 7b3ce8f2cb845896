using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>Real logs: whole, without checksums, dirty, and damaged.</summary>
public class EventLogCorpusTests
{
    [Theory]
    [InlineData("Application_no_crc32", 0, 17, 0)]
    [InlineData("MSExchange_Management_wec", 0, 1, 0)]
    [InlineData("new-user-security", 0, 4, 0)]
    [InlineData("sample-with-zero-data-size-event", 0, 450, 0)]
    [InlineData("sample_with_a_bad_chunk_magic", 0, 298, 99)]
    [InlineData("sysmon", 229, 129, 8)]
    public void Every_record_is_accounted_for(string name, long observed, long skipped, long deadLettered)
    {
        Assert.SkipUnless(Repository.Corpus is not null, "The shared corpus is not beside the repository.");
        byte[] log = File.ReadAllBytes(Path.Combine(Repository.Corpus, "windows", "evtx", name + ".evtx"));
        Reading reading = Reading.Of(log);

        Assert.Equal((observed, skipped, deadLettered), (reading.Counts.Observed, reading.Counts.Skipped, reading.Counts.DeadLettered));
        EventLogProperties.AssertAccounted(log, reading);
    }
}
