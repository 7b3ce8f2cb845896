using System.Text;
using System.Text.Json;
using CipherWatch.Core.Telemetry.Observations;

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

    [Theory]
    [InlineData("nsm/netflow", "nfdump*", "in_bytes", "in_packets")]
    [InlineData("nsm/netflow/pmacct", "*.json", "bytes", "packets")]
    public void Flow_totals_are_the_files_own(string folder, string pattern, string bytesName, string packetsName)
    {
        foreach (string file in Corpus.Files(folder, pattern))
        {
            byte[] content = Corpus.Bytes(file);
            long bytes = 0;
            long packets = 0;
            foreach (JsonElement record in Objects(content))
            {
                bytes += record.TryGetProperty(bytesName, out JsonElement counted) ? counted.GetInt64() : 0;
                packets += record.TryGetProperty(packetsName, out counted) ? counted.GetInt64() : 0;
            }

            List<Observation> observations = NetworkReading.Of(content).Observations;
            Assert.Equal((file, bytes, packets), (file, observations.Sum(seen => seen.Flow!.BytesOut ?? 0), observations.Sum(seen => seen.Flow!.PacketsOut ?? 0)));
        }
    }

    [Fact]
    public void Recorded_community_ids_are_ours()
    {
        int compared = 0;
        foreach (string file in Corpus.Files("nsm", "*.*"))
        {
            byte[] content = Corpus.Bytes(file);
            if (content.AsSpan().IndexOf("\"community_id\""u8) < 0)
            {
                continue;
            }

            foreach (JsonElement record in Objects(content))
            {
                if (record.TryGetProperty("community_id", out JsonElement id))
                {
                    Assert.Equal(id.GetString(), NetworkReading.Of(record.GetRawText()).Observations[0].Flow!.Key.CommunityId());
                    compared++;
                }
            }
        }

        Assert.SkipUnless(compared > 0, "No record of the corpus carries a Community ID.");
    }

    private static IEnumerable<JsonElement> Objects(byte[] content)
    {
        string text = Encoding.UTF8.GetString(content);
        if (text.TrimStart().StartsWith('['))
        {
            return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
        }

        return [.. text.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static void Read(string[] files, string source)
    {
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            NetworkReading reading = NetworkReading.Of(Corpus.Bytes(file));
            Assert.All(reading.Letters, letter => Assert.Fail($"{file}:{letter.Origin.Line}: {letter.Reason}"));
            Assert.Equal(reading.Counts.Records, reading.Counts.BySource.GetValueOrDefault(source));
        }
    }
}
