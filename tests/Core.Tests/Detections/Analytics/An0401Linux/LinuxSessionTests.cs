using System.IO.Compression;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Detections.Analytics.An0401Linux;

/// <summary>Recorded Linux sessions, where they are at hand: what is benign stays quiet, and what is plain is not called encrypted.</summary>
public class LinuxSessionTests
{
    private const string Absent = "The corpus is not there.";
    private const string Log4Shell = "log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json";

    [Theory]
    [InlineData("constructed/shadewatcher-half1.audit.log.gz")]
    [InlineData("auditbeat/shadewatcher-nano_scp_1.lines1-34391.ndjson.gz")]
    public void Copies_by_ssh_over_a_public_port_8080_are_nothing_at_medium_or_high(string file)
    {
        (IReadOnlyList<Detection> found, long records) = Detect(file);

        Assert.True(records > 30_000, $"{records} records");
        Assert.DoesNotContain(found, detection => detection.Severity >= Severity.Medium);
    }

    [Theory]
    [InlineData("auoms-syslog/syslog_auoms_auditd_" + Log4Shell)]
    [InlineData("auoms-syslog/vminsights_vmconnection_" + Log4Shell)]
    [InlineData("sysmon-linux/syslog_sysmon_" + Log4Shell)]
    public void A_plain_reverse_shell_is_not_symmetric_cryptography(string file) => AssertPlain([file]);

    [Fact]
    public void Nor_is_it_by_all_that_was_recorded_of_it() => AssertPlain(
    [
        "auoms-syslog/syslog_auoms_auditd_" + Log4Shell, "auoms-syslog/vminsights_vmconnection_" + Log4Shell,
        "sysmon-linux/syslog_sysmon_" + Log4Shell,
    ]);

    private static void AssertPlain(string[] files)
    {
        (IReadOnlyList<Detection> found, long records) = Detect(files);

        Assert.True(records > 0);
        Assert.DoesNotContain(found, detection => detection.Process?.Image is { } image
            && image.EndsWith("/bash", StringComparison.Ordinal) && detection.Technique == "T1573.001");
        Assert.DoesNotContain(found, detection => detection is { Destination.Port: 443, Technique: "T1573.001" }
            && detection.Destination.Ip.ToString() == "192.168.2.6");
    }

    private static (IReadOnlyList<Detection> Found, long Records) Detect(params string[] files)
    {
        Assert.SkipUnless(Repository.Corpus is not null, Absent);
        using LocalPipeline pipeline = new(DetectionSettings.Default, 1000);
        Ingestor ingestor = new(pipeline, new Reading(), null);
        foreach (string file in files)
        {
            string path = Path.Combine(Repository.Corpus!, "linux", file);
            Assert.SkipUnless(File.Exists(path), Absent);
            using FileStream packed = File.OpenRead(path);
            using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(packed, CompressionMode.Decompress) : packed;
            ingestor.Read(stream, file);
        }

        ingestor.Finish();
        return (pipeline.Finish().Detections, ingestor.Counts.Records);
    }
}
