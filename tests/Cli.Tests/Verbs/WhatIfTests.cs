using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary><c>what-if</c> over the demo's day.</summary>
public sealed class WhatIfTests(DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_settings_change_nothing()
    {
        Ran ran = await Ran.Of("what-if", demo.Telemetry, "--settings", _folder.Write("same.json", "{}"), "--quiet");
        Assert.Equal((ExitCode.Done, "The two settings say the same: nothing changes.\n"), (ran.Code, ran.Output));
    }

    [Fact]
    public async Task A_lost_detection_names_the_setting_and_every_weight_that_is_gone()
    {
        string off = """{"EvidenceWeights":{"encryptedNoHandshake":0,"fewDestinations":0,"unsignedImage":0,"noTlsProvider":0,"userWritableImage":0,"cryptoLoad":0,"beaconing":0}}""";
        JsonElement effect = (await Ran.Of("what-if", demo.Telemetry, "--settings", _folder.Write("off.json", off), "--json", "--quiet")).Json;
        JsonElement lost = Assert.Single(effect.GetProperty("lost").EnumerateArray(), change => change.GetProperty("analyticId").GetString() == "AN0400");
        Assert.Equal("high", lost.GetProperty("was").GetProperty("severity").GetString());
        Assert.False(lost.TryGetProperty("is", out _));
        JsonElement payload = Assert.Single(
            lost.GetProperty("evidence").EnumerateArray(), evidence => evidence.GetProperty("kind").GetString() == "encryptedNoHandshake");
        Assert.Equal((45, 0), (payload.GetProperty("was").GetInt32(), payload.GetProperty("is").GetInt32()));
        Assert.Equal("EvidenceWeights", Assert.Single(lost.GetProperty("settings").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Turned_round_what_was_lost_is_gained()
    {
        string strict = _folder.Write("strict.json", """{"EvidenceWeights":{"encryptedNoHandshake":0,"fewDestinations":0,"unsignedImage":0,"noTlsProvider":0,"userWritableImage":0,"cryptoLoad":0,"beaconing":0}}""");
        string shipped = _folder.Write("shipped.json", "{}");
        JsonElement effect = (await Ran.Of("what-if", demo.Telemetry, "--settings", shipped, "--against", strict, "--json", "--quiet")).Json;
        Assert.Contains(effect.GetProperty("gained").EnumerateArray(), change => change.GetProperty("analyticId").GetString() == "AN0400");
        Assert.Empty(effect.GetProperty("lost").EnumerateArray());
    }

    [Fact]
    public async Task One_edit_is_enough_and_text_needs_no_quotes()
    {
        Ran ran = await Ran.Of("what-if", demo.Telemetry, "--set", "EvidenceWeights={\"oddPort\":60}", "--set", "TimeWindow=00:00:01", "--json", "--quiet");
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Equal(["TimeWindow", "EvidenceWeights"], ran.Json.GetProperty("differingSettings").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_suppression_loses_a_detection_though_its_evidence_is_the_same()
    {
        string suppressed = _folder.Write("suppressed.json", """{"Suppressions":[{"process":"*\\audiorelay.exe","reason":"known"}]}""");
        Ran ran = await Ran.Of("what-if", demo.Telemetry, "--settings", suppressed, "--quiet");
        Assert.Contains("LOST", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Because of Suppressions: the evidence is the same.", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EntropyThreshold", "write NAME=VALUE")]
    [InlineData("EntropyTreshold=7", "is not a setting")]
    [InlineData("EntropyThreshold=9", "from 0 to 8")]
    public async Task A_wrong_edit_is_a_usage_error(string edit, string message)
    {
        Ran ran = await Ran.Of("what-if", demo.Telemetry, "--set", edit);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_must_be_tried()
    {
        Ran ran = await Ran.Of("what-if", demo.Telemetry);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains("--settings FILE, or --set NAME=VALUE", ran.Error, StringComparison.Ordinal);
    }
}
