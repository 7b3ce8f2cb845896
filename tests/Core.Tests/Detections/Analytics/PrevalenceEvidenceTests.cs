using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>On how many hosts a program was seen with its destination: found, and its benign twin not.</summary>
public class PrevalenceEvidenceTests
{
    private const string C2 = "203.0.113.9";
    private static readonly IEnumerable<int> Many = Enumerable.Range(1, 24);

    private static Scenario Implant => new Scenario(Fleet.Implant).Started().OwnImage(false).Loads("bcrypt.dll").Connects(C2, times: 9);

    /// <summary>A program that installs for one user and keeps calling its maker: low on every host.</summary>
    private static Scenario Editor =>
        new Scenario(Fleet.Editor).Started(@"C:\Windows\System32\wscript.exe").OwnImage(true, "Editor AG").Loads("bcrypt.dll").Connects(Fleet.Common, 8444, times: 12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_program_that_nobody_signed_is_rare_on_two_hosts_of_twenty(int hosts)
    {
        EvidencePiece[] said = Said(new Fleet().InSight(24).On(Enumerable.Range(5, hosts), Implant, "aa"));

        Assert.Equal(hosts, said.Length);
        Assert.All(said, piece => Assert.Equal(
            ("rareProgram", 5, $"Seen on {hosts} of 24 hosts, since 2026-03-02: the program, by its hash, calling {C2}"), (piece.Kind, piece.Weight, piece.Detail)));
    }

    [Fact]
    public void On_three_hosts_it_is_not_and_that_is_said() =>
        Assert.All(Said(new Fleet().InSight(24).On([5, 6, 7], Implant, "aa"), 3), static piece => Assert.Equal(
            ("prevalence", 0, $"Seen on 3 of 24 hosts, since 2026-03-02: the program, by its hash, calling {C2}"), (piece.Kind, piece.Weight, piece.Detail)));

    [Fact]
    public void A_program_of_many_hosts_is_not_rare_for_calling_where_others_do_not()
    {
        Scenario elsewhere = new Scenario(Fleet.Implant).Started().OwnImage(false).Loads("bcrypt.dll").Connects("203.0.113.77", times: 9);
        EvidencePiece piece = Said(new Fleet().InSight(24).On([9], elsewhere, "aa").On([1, 2, 3, 4], Implant, "aa"), 5)
            .Single(static piece => piece.Detail.Contains("203.0.113.77", StringComparison.Ordinal));
        Assert.Equal(
            ("prevalence", "Seen on 1 of 24 hosts, since 2026-03-02: the program, by its hash, calling 203.0.113.77; the program, wherever it calls, on 5"),
            (piece.Kind, piece.Detail));
    }

    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 1)]
    public void With_fewer_than_twenty_hosts_in_sight_nothing_is_said(int hosts, int said) =>
        Said(new Fleet().InSight(hosts).On([5], Implant, "aa"), said);

    [Fact]
    public void Nothing_is_said_of_a_program_that_no_record_identifies() => Said(new Fleet().InSight(24).On([5], Implant), 0);

    [Fact]
    public void Rarity_makes_no_finding()
    {
        // An in-house tool of one host, which is nothing without it and would be low with it.
        Scenario tool = new Scenario(@"C:\Program Files\Tool\own.exe").Started().OwnImage(false).Loads("bcrypt.dll", 2_000).Connects("10.9.9.9", 443);
        DetectionSettings heavy = Scenario.Settings("""{"EvidenceWeights": {"rareProgram": 50}}""");
        Assert.Empty(new Fleet().InSight(24).On([5], tool, "aa").Found(heavy));
    }

    [Fact]
    public void What_the_same_has_signed_on_a_quarter_of_the_hosts_for_two_weeks_weighs_less()
    {
        Fleet fleet = new Fleet().InSight(40).On(Enumerable.Range(1, 10), Editor, "ed");
        EvidencePiece[] young = Said(fleet, 10);
        Assert.All(young, static piece => Assert.Equal(
            ("prevalence", 0, $"Seen on 10 of 40 hosts, since 2026-03-02: programs signed by Editor AG that call {Fleet.Common}"),
            (piece.Kind, piece.Weight, piece.Detail)));

        // Another version, two weeks later: the hash is another, who signed it is not.
        DetectionSettings shown = Scenario.Settings("""{"EvidenceWeights": {"commonSigned": -1}}""");
        Detection later = fleet.On([3, 4, 5], Editor, "ee", days: 14).Found(shown).First(static detection => detection.Time.Day == 16);
        Assert.Equal(
            ("commonSigned", -1, $"Seen on 10 of 40 hosts, since 2026-03-02: programs signed by Editor AG that call {Fleet.Common}"),
            later.Evidence.Where(static piece => IsPrevalence(piece)).Select(static piece => (piece.Kind, piece.Weight, piece.Detail)).Single());
        Assert.Equal(later.Confidence, later.Evidence.Sum(static piece => piece.Weight));
    }

    [Theory]
    [InlineData(9, 20, 14)]
    [InlineData(10, 41, 14)]
    [InlineData(10, 40, 13)]
    public void On_fewer_hosts_or_for_fewer_days_it_does_not(int hosts, int inSight, int days)
    {
        Fleet fleet = new Fleet().InSight(inSight).On(Enumerable.Range(1, hosts), Editor, "ed").On([3], Editor, "ed", days);
        Assert.All(Said(fleet, hosts + 1), static piece => Assert.Equal("prevalence", piece.Kind));
    }

    /// <summary>A staged update: one host had it long before, or by its clock seems to have.</summary>
    [Theory]
    [InlineData(-14)]
    [InlineData(-20_000)]
    public void One_host_of_long_ago_makes_no_two_weeks_of_many(int days)
    {
        Fleet fleet = new Fleet().InSight(24).On([12], Editor, "ed", days).On(Enumerable.Range(1, 10), Editor, "ed");
        Assert.DoesNotContain(Said(fleet), static piece => piece.Kind == "commonSigned");
    }

    /// <summary>The signer's own other programs call there, on another port.</summary>
    [Theory]
    [InlineData(8444, "ed", "commonSigned")]
    [InlineData(4444, "ed", "prevalence")]
    [InlineData(8444, "aa", "prevalence")]
    public void Neither_another_port_nor_an_image_that_few_have_is_common(int port, string hash, string expected)
    {
        Scenario last = new Scenario(Fleet.Editor).Started(@"C:\Windows\System32\wscript.exe").OwnImage(true, "Editor AG").Loads("bcrypt.dll")
            .Connects(Fleet.Common, (ushort)port, times: 12);
        DetectionSettings shown = Scenario.Settings("""{"EvidenceWeights": {"commonSigned": -1}}""");
        Detection found = new Fleet().InSight(24).On(Many.Take(20), Editor, "ed").On([3], last, hash, days: 20).Found(shown)
            .Single(static detection => detection.AnalyticId == "AN0400" && detection.WindowStart.Day == 22);
        Assert.Equal(expected, found.Evidence.Single(IsPrevalence).Kind);
    }

    /// <summary>Hosts whose records have no hashes say nothing of how rare a program is.</summary>
    [Fact]
    public void Hosts_are_compared_with_hosts_that_are_known_in_the_same_way()
    {
        Scenario signed = new Scenario(@"C:\Program Files\Tool\tool.exe").Started().OwnImage(true, "Tools").Connects(Fleet.Common, 443);
        Said(new Fleet().On(Many, signed).On([5], Implant, "aa"), 0);
    }

    /// <summary>A site's own tool, as often as not: a hint does not make it medium.</summary>
    [Fact]
    public void A_program_with_tls_at_hand_is_not_called_rare()
    {
        Scenario tool = new Scenario(Fleet.Implant).Started().OwnImage(false).Loads("bcrypt.dll").Loads("schannel.dll").Connects(C2, times: 9);
        Assert.Equal("prevalence", Assert.Single(Said(new Fleet().InSight(24).On([5], tool, "aa"), 1)).Kind);
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("script host", false)]
    [InlineData("injected", false)]
    [InlineData("payload", false)]
    [InlineData("elsewhere too", false)]
    public void It_excuses_neither_payload_nor_foreign_code_nor_a_program_without_business_there(string what, bool isLowered)
    {
        string image = what == "script host" ? @"C:\Windows\System32\mshta.exe" : Fleet.Editor;
        Scenario Story() => new Scenario(image).Started(@"C:\Windows\System32\wscript.exe").OwnImage(true, "Editor AG").Loads("bcrypt.dll")
            .Connects(Fleet.Common, 8444, times: 12);
        Scenario last = what switch
        {
            "injected" => Story().Injected(@"C:\Windows\System32\wuauclt.exe"),
            "payload" => Story().Payload(Scenario.Random(), Fleet.Common),
            "elsewhere too" => Story().Connects(C2, times: 2, seconds: 9),
            _ => Story(),
        };
        DetectionSettings shown = Scenario.Settings("""{"EvidenceWeights": {"commonSigned": -1}}""");
        Fleet fleet = new Fleet().InSight(24).On(Many.Take(20), Story(), "ed").On([3], last, "ed", days: 20);
        Detection found = fleet.Found(shown).Single(static detection => detection.AnalyticId == "AN0400" && detection.WindowStart.Day == 22);
        Assert.Equal(isLowered ? "commonSigned" : "prevalence", found.Evidence.Single(IsPrevalence).Kind);
    }

    [Fact]
    public void Neither_order_nor_duplicates_nor_batches_matter()
    {
        Fleet fleet = new Fleet().InSight(30).On(Many, Editor, "ed").On([5], Implant, "aa").On([3], Editor, "ed", days: 14);
        string expected = Fleet.Lines(fleet.Found());
        Assert.Contains("rareProgram", expected, StringComparison.Ordinal);
        foreach (int batch in (int[])[1, 7, 10_000])
        {
            using Core.Pipeline.LocalPipeline pipeline = new(DetectionSettings.Default, batch, maxHeldBytes: batch == 7 ? 1 : 1 << 20);
            foreach (Core.Telemetry.Observations.Observation observation in fleet.Observations.Reverse().Concat(fleet.Observations))
            {
                pipeline.Receive(observation);
                pipeline.RecordDone();
            }

            Assert.Equal(expected, Fleet.Lines(pipeline.Finish().Detections));
        }
    }

    [Fact]
    public void Estimates_are_said_to_two_digits()
    {
        // Sixteen hosts and more of a program, as of 256 in sight, are not counted one by one.
        Fleet fleet = new Fleet().On(Enumerable.Range(1, 20), Implant, "aa").InSight(40);
        Assert.All(Said(fleet, 20), static piece => Assert.Matches("^Seen on about [1-9][0-9] of 40 hosts, since 2026-03-02: the program", piece.Detail));

        Fleet large = new Fleet().On([5], Implant, "aa");
        foreach (int hundred in Enumerable.Range(0, 12))
        {
            large.InSight(100, prefix: $"a{hundred}-");
        }

        Assert.Matches("^Seen on 1 of about ([0-9]{2}0|[0-9]{2}00) hosts, since", Assert.Single(Said(large, 1)).Detail);
    }

    private static EvidencePiece[] Said(Fleet fleet, int? count = null)
    {
        IReadOnlyList<Detection> found = fleet.Found();
        Assert.NotEmpty(found);
        EvidencePiece[] said = [.. found.SelectMany(static detection => detection.Evidence).Where(IsPrevalence)];
        Assert.Equal(count ?? said.Length, said.Length);
        return said;
    }

    private static bool IsPrevalence(EvidencePiece piece) => piece.Kind is "rareProgram" or "commonSigned" or "prevalence";
}
