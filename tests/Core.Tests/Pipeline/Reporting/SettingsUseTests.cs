using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Tests.Detections;

namespace CipherWatch.Core.Tests.Pipeline.Reporting;

/// <summary>Each run says what suppressions and exemptions hit, which hit nothing, and which run out.</summary>
public class SettingsUseTests
{
    [Fact]
    public void Suppressions_are_told_with_what_they_hit_took_along_and_missed()
    {
        EntryUse[] told = Told("""
            {
              "Suppressions": [
                { "process": "*\\update.exe", "expires": "2026-03-10", "reason": "a" },
                { "process": "*\\other.exe", "reason": "b" },
                { "process": "*\\update.exe", "expires": "2026-01-01", "reason": "c" }
              ]
            }
            """);
        Assert.Equal(3, told.Length);
        Assert.Equal((1L, 1L, 0L, true), (told[0].Hits, told[0].TakenAlong, told[0].Expired, told[0].ExpiresSoon));
        Assert.True(told[1].IsIdle);
        Assert.Equal((0L, 1L), (told[2].Hits, told[2].Expired));
        Assert.Equal(@"Suppressions[0] (process *\update.exe): 1 detection, and 1 network finding with it; runs out soon, on 2026-03-10 00:00 UTC.", told[0].ToString());
        Assert.Equal(@"Suppressions[1] (process *\other.exe) matched nothing.", told[1].ToString());
        Assert.Contains("ran out on 2026-01-01", told[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suppression_that_holds_for_long_or_for_ever_does_not_run_out_soon() => Assert.All(
        Told("""{ "Suppressions": [ { "process": "*\\update.exe", "expires": "2026-09-10", "reason": "a" }, { "process": "*\\update.exe", "reason": "a" } ] }"""),
        entry => Assert.False(entry.ExpiresSoon));

    [Fact]
    public void Exemptions_of_a_file_are_told_with_those_that_match_nothing_and_shipped_ones_where_they_hit()
    {
        EntryUse[] told = Told("""{ "AllowedCryptoProcesses": [ { "image": "C:\\Nowhere\\*.exe" }, { "image": "*\\update.exe", "signer": "Acme" } ] }""", signed: true);
        Assert.Equal([true, false], told.Select(entry => entry.IsIdle));
        Assert.Equal(1, told[1].Hits);
        Assert.Equal(@"AllowedCryptoProcesses[1] (*\update.exe, signer Acme): covers 1 process or channel.", told[1].ToString());

        // Of the shipped lists nothing is told that hits nothing.
        Assert.Empty(Told("{}"));
        LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        new Scenario("/usr/bin/python3", TelemetryPlatform.Linux).Started().Loads("/usr/lib/libcrypto.so.3")
            .Connects("9.9.9.9", 853, handshake: Handshake.Established).Feed(pipeline);
        EntryUse shipped = Assert.Single(pipeline.Finish().SettingsUse);
        Assert.Equal(("DoHResolvers", "9.9.9.9", true), (shipped.Setting, shipped.Entry, shipped.IsShipped));
    }

    private static EntryUse[] Told(string json, bool signed = false)
    {
        LocalPipeline pipeline = new(Scenario.Settings(json), 100);
        Scenario scenario = new Scenario().Started().OwnImage(signed, signed ? "Acme" : null).Loads("rsaenh.dll").Connects(times: 9);
        for (ushort flow = 0; flow < 4; flow++)
        {
            scenario.Payload(Scenario.Random(), local: (ushort)(50100 + flow));
        }

        scenario.Feed(pipeline);
        return [.. pipeline.Finish().SettingsUse];
    }
}
