using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

/// <summary>Recorded captures of many protocols: every one is read to its end.</summary>
public class CaptureCorpusTests
{
    [Fact]
    public void Every_recorded_capture_is_read_to_its_end()
    {
        string[] files = [.. Corpus.Files("pcap").Where(file => file.Contains(".pcap", StringComparison.Ordinal) && !file.EndsWith(".out", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            (CaptureSummary summary, List<CapturedFlow> flows) = CaptureBuilder.Read(Corpus.Bytes(file));

            Assert.True(summary.Fault is null, $"{file}: {summary.Fault}");
            Assert.True(summary.Packets > 0, file);
            Assert.Equal(flows.Count, summary.Flows);
        }
    }
}
