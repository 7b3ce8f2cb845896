using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Esxi;

/// <summary>Recorded lines of VMware's products: each is observed, or skipped by design.</summary>
public class EsxiCorpusTests
{
    /// <summary>Lines of other systems' programs without anything of VMware's in them: the readers of syslog take those.</summary>
    private static readonly string[] NotOnlyVmware = ["sshd[195529]: something", "crond[2098597]:", "FIREWALL-PKTLOG"];

    [Fact]
    public void Every_recorded_line_is_observed_or_skipped()
    {
        foreach (string file in Corpus.Files("esxi"))
        {
            // Some stand as templates, with marks in place of times and hosts.
            string text = File.ReadAllText(file)
                .Replace("{{ mark }}", "<166>", StringComparison.Ordinal).Replace("{{ iso_header }}", "2022-11-04T15:01:58.230", StringComparison.Ordinal)
                .Replace("{{ iso }}", "2022-11-04T15:01:57.000", StringComparison.Ordinal).Replace("{{ host }}", "esx01", StringComparison.Ordinal)
                .Replace("{{ pid }}", "2099", StringComparison.Ordinal).Replace("{{ bsd }}", "Nov  4 15:01:58", StringComparison.Ordinal);
            NetworkReading reading = NetworkReading.Of(text);

            Assert.All(
                reading.Letters.Where(letter => !NotOnlyVmware.Any(other => System.Text.Encoding.UTF8.GetString(letter.Raw.Span).Contains(other, StringComparison.Ordinal))),
                letter => Assert.Fail($"{file}:{letter.Origin.Line}: {letter.Reason}"));
            Assert.True(reading.Counts.BySource.GetValueOrDefault(SourceNames.Esxi) + reading.Counts.BySource.GetValueOrDefault(SourceNames.Esxcli) > 0, file);
        }
    }
}
