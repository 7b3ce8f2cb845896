using System.IO.Compression;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Linux;

/// <summary>Real Linux telemetry, where it is at hand: every record is observed or skipped, and known answers are found.</summary>
public class LinuxCorpusTests
{
    private static string Folder => Path.Combine(Repository.Corpus ?? string.Empty, "linux");

    private static bool Exists => Repository.Corpus is not null && Directory.Exists(Folder);

    [Theory]
    [InlineData("constructed/shadewatcher-half1.audit.log.gz")]
    [InlineData("auditbeat/shadewatcher-nano_scp_1.lines1-34391.ndjson.gz")]
    public void The_benign_desktop_connects_23_times_to_port_8080(string file)
    {
        Assert.SkipUnless(Exists, "The corpus is not there.");
        Observation[] connections = [.. Read(file).Observations.Where(observation => observation.Flow?.DstPort == 8080)];
        Assert.Equal(23, connections.Length);
        Assert.All(connections, connection => Assert.Equal(("/usr/bin/ssh", Protocols.Tcp), (connection.Process!.Image, connection.Flow!.Protocol)));
    }

    [Fact]
    public void Raw_records_and_auditbeat_give_the_same_ids()
    {
        Assert.SkipUnless(Exists, "The corpus is not there.");
        Assert.Equal(
            Ids(Read("constructed/shadewatcher-half1.audit.log.gz")), Ids(Read("auditbeat/shadewatcher-nano_scp_1.lines1-34391.ndjson.gz")));
    }

    [Fact]
    public void Every_record_of_logs_is_observed_or_skipped()
    {
        Assert.SkipUnless(Exists, "The corpus is not there.");
        string[] logs =
        [
            .. Directory.EnumerateFiles(Path.Combine(Folder, "auditd"), "*.log", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(Folder, "constructed"), "*.gz"),
            .. Directory.EnumerateFiles(Path.Combine(Folder, "auoms-syslog")),
            .. Directory.EnumerateFiles(Path.Combine(Folder, "auditbeat")),
            .. Directory.EnumerateFiles(Path.Combine(Folder, "syslog-plaso"), "*", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(Folder, "syslog", "azure-sentinel")),
            .. Directory.EnumerateFiles(Path.Combine(Folder, "syslog", "lnav")),
        ];
        Assert.NotEmpty(logs);
        foreach (string log in logs)
        {
            // One record's head was cut out of it by those who collected it.
            int expected = log.EndsWith("audit-rhel7.log", StringComparison.Ordinal) ? 1 : 0;
            Assert.True(Read(log).DeadLetters.Count == expected, log);
        }
    }

    [Fact]
    public void Addresses_in_unusual_forms_are_read_as_the_file_says()
    {
        Assert.SkipUnless(Exists, "The corpus is not there.");
        Reading reading = Read("constructed/auditd-saddr-traps.log");
        Assert.Equal(5, reading.Observations.Count(observation => observation.Flow?.DstIp == IpAddress.Parse("203.0.113.9")));
        Assert.Equal("skcipher ctr(aes)", Assert.Single(reading.Observations, observation => observation.Kind == ObservationKind.CryptoUse).Module!.Algorithm);
        Assert.Equal("/memfd:a (deleted)", Assert.Single(reading.Observations, observation => observation.Kind == ObservationKind.ProcessStart).Process!.Image);
    }

    private static Reading Read(string file)
    {
        Reading reading = new();
        using Stream stream = Open(Path.Combine(Folder, file));
        reading.Stream(stream);
        reading.Finish();
        return reading;
    }

    private static Stream Open(string path) =>
        path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);

    private static string[] Ids(Reading reading) => [.. reading.Observations.Select(observation => observation.Id.ToString()).Order(StringComparer.Ordinal)];
}
