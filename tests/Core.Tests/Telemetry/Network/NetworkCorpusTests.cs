using CipherWatch.Core.Telemetry;

namespace CipherWatch.Core.Tests.Telemetry.Network;

/// <summary>Recorded network telemetry: every well-formed record is observed, or skipped by design, and sums agree with the files' own.</summary>
public class NetworkCorpusTests
{
    [Theory]
    [InlineData("nsm/suricata", SourceNames.Suricata)]
    [InlineData("nsm/azure-flow", SourceNames.AzureFlow)]
    public void Every_record_is_observed_or_skipped(string folder, string source) => Read(Corpus.Files(folder, "*.json*"), source);

    [Fact]
    public void Every_collector_record_is_observed_or_skipped() =>
        Read(Corpus.Files("nsm/netflow", "*.json*"), SourceNames.Netflow);

    [Fact]
    public void Table_rows_of_connections_are_observed() =>
        Read([Corpus.File("linux/auoms-syslog/vminsights_vmconnection_log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json")], SourceNames.AzureFlow);

    private static void Read(string[] files, string source)
    {
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            Reading reading = Reading.Of(Corpus.Bytes(file));
            Assert.All(reading.Letters, letter => Assert.Fail($"{file}:{letter.Origin.Line}: {letter.Reason}"));
            Assert.Equal(reading.Counts.Records, reading.Counts.BySource.GetValueOrDefault(source));
        }
    }
}
