using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>baseline</c> on one fleet, <c>detect</c> on another: what it was made for. And on one that an implant was in from the start.</summary>
public sealed class BaselineHalvesTests : IDisposable
{
    private const string Kinds = "rc4-beacon,aes-http,xor,injected-svchost,python-pycryptodome,launchd-agent";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_learned_on_one_half_names_no_implant_of_the_other_and_makes_it_quieter()
    {
        await Ran.Of("simulate", "--hosts", "40", "--seed", "41", "--out", _folder["first"], "--quiet");
        await Ran.Of("simulate", "--hosts", "40", "--seed", "42", "--implants", Kinds, "--out", _folder["second"], "--quiet");

        // As a site without exemptions: what ships knows the simulation's programs too well for anything to be left to learn.
        string bare = _folder.Write("bare.json", """{ "AllowedCryptoProcesses": [], "TrustedCryptoLibs": [], "DoHResolvers": [] }""");
        Ran learned = await Ran.Of("baseline", _folder["first"], "--merge", bare, "--out", _folder["proposed.json"]);
        Assert.Equal(ExitCode.Done, learned.Code);
        string[] proposals = [.. learned.Error.Split('\n').Where(line => line.StartsWith('+'))];
        Assert.True(proposals.Length > 10, learned.Error);

        JsonElement before = (await Evaluate(bare)).Json, after = (await Evaluate(_folder["proposed.json"])).Json;
        Assert.True(FalseAlarms(before) >= 5, $"{FalseAlarms(before)} false alarms");
        Assert.True(FalseAlarms(after) * 2 < FalseAlarms(before), $"{FalseAlarms(before)} false alarms, then {FalseAlarms(after)}");
        Assert.Equal(Found(before), Found(after));
        Assert.Equal(6, Found(after));
        foreach (string image in Implants("second"))
        {
            Assert.DoesNotContain(proposals, line => line.Contains(Path.GetFileName(image.Replace('\\', '/')), StringComparison.OrdinalIgnoreCase)
                && !line.Contains("svchost.exe", StringComparison.Ordinal) && !line.Contains("python", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_implant_that_was_there_from_the_start_is_refused_with_its_reason()
    {
        await Ran.Of("simulate", "--hosts", "20", "--days", "2", "--seed", "43", "--implants", Kinds, "--out", _folder["poisoned"], "--quiet");
        Ran learned = await Ran.Of("baseline", _folder["poisoned"], "--out", _folder["proposed.json"]);

        string[] proposed = [.. File.ReadAllLines(_folder["proposed.json"]).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))];
        foreach (string image in Implants("poisoned").Where(image => image.Contains('\\', StringComparison.Ordinal)
            && !image.EndsWith("svchost.exe", StringComparison.Ordinal)))
        {
            string name = image[(image.LastIndexOf('\\') + 1)..];
            Assert.DoesNotContain(proposed, line => line.Contains(name, StringComparison.OrdinalIgnoreCase));
            Assert.Matches($@"Not proposed for AllowedCryptoProcesses: .*{name.Replace(".", "\\.", StringComparison.Ordinal)}.*: looks like an implant on .*\[\w+\]", learned.Error);
        }
    }

    private Task<Ran> Evaluate(string settings) =>
        Ran.Of("evaluate", _folder["second"], "--truth", _folder["second/truth.tsv"], "--settings", settings, "--json", "--quiet");

    private IEnumerable<string> Implants(string fleet) => File.ReadAllLines(_folder[fleet + "/truth.tsv"]).Select(line => line.Split('\t'))
        .Where(row => row[4] == "c2").Select(row => row[3]);

    private static int FalseAlarms(JsonElement result) => ((string[])["high", "medium", "low"]).Sum(severity =>
        result.GetProperty("falseAlarms").GetProperty(severity).GetProperty("count").GetInt32());

    private static int Found(JsonElement result) => result.GetProperty("rules")[0].GetProperty("recall").GetProperty("hits").GetInt32();
}
