using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Tests.Verbs;

/// <summary>Where settings are found, and the verbs that are about them.</summary>
public sealed class SettingsVerbTests(DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private const string Suppressing = """{ "Suppressions": [ { "process": "*\\audiorelay.exe", "reason": "test" } ] }""";
    private readonly TemporaryFolder _folder = new();

    private SettingsPlaces Places => new(_folder["work"], null, _folder["user"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Settings_are_found_here_then_by_the_variable_then_in_the_users_folder_and_the_run_says_which()
    {
        Directory.CreateDirectory(_folder["work"]);
        Assert.Equal("the shipped ones", await Source(Places));
        string own = _folder.Write("user/cipherwatch.json", """{ "EntropyThreshold": 7.1 }""");
        Assert.Equal($"{own}, the user's own", await Source(Places));
        string named = _folder.Write("named.json", """{ "EntropyThreshold": 7.3 }""");
        Assert.Equal($"{named}, which $CIPHERWATCH_SETTINGS names", await Source(Places with { Variable = named }));
        string here = _folder.Write("work/cipherwatch.json", Suppressing);
        Assert.Equal(here, await Source(Places with { Variable = named }));
        Assert.Equal(named, await Source(Places, "--settings", named));
        Assert.Equal("the shipped ones", await Source(Places, "--no-settings"));

        Ran ran = await Run(Places, "detect", demo.Telemetry);
        Assert.Contains($"Settings: {here} (version ", ran.Output, StringComparison.Ordinal);
        Assert.Contains(@"Suppressions[0] (process *\audiorelay.exe): 1 detection, and 1 network finding with it.", ran.Output, StringComparison.Ordinal);
        Assert.Matches("2 detections(, all of them)? suppressed by your settings", ran.Output);
        Assert.DoesNotContain("named above", ran.Output, StringComparison.Ordinal);

        // The demo shows what ships.
        Assert.Contains("│ audiorelay.exe sends", (await Run(Places, "demo", "--out-dir", _folder["demo"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_compares_with_the_settings_that_are_found_and_says_which()
    {
        string here = _folder.Write("work/cipherwatch.json", Suppressing);
        string tried = _folder.Write("tried.json", "{}");
        Ran ran = await Run(Places, "what-if", demo.Telemetry, "--settings", tried, "--json");
        Assert.Equal([here, tried], new[] { "against", "settings" }.Select(side => ran.Json.GetProperty(side).GetProperty("file").GetString()));
        Assert.Equal(["Suppressions"], ran.Json.GetProperty("differingSettings").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains($"Compared: {tried}, with {here}.", ran.Error, StringComparison.Ordinal);

        // An edit is one of the settings that are found; the shipped ones can be asked for.
        ran = await Run(Places, "what-if", demo.Telemetry, "--set", "EntropyThreshold=7.5", "--json", "--quiet");
        Assert.Equal(["EntropyThreshold"], ran.Json.GetProperty("differingSettings").EnumerateArray().Select(name => name.GetString()));
        ran = await Run(Places, "what-if", demo.Telemetry, "--settings", here, "--no-settings", "--json", "--quiet");
        Assert.Equal(["Suppressions"], ran.Json.GetProperty("differingSettings").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("the shipped ones", ran.Json.GetProperty("against").GetProperty("source").GetString());
        ran = await Run(Places, "what-if", demo.Telemetry, "--settings", here, "--against", here, "--no-settings");
        Assert.Equal((ExitCode.Usage, true), (ran.Code, ran.Error.Contains("--against and --no-settings contradict", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Baseline_adds_to_the_settings_that_are_found_and_says_which()
    {
        string here = _folder.Write("work/cipherwatch.json", """{ "TimeWindow": "00:05:00" /* the desk's */ }""");
        Ran ran = await Run(Places, "baseline", demo.Telemetry);
        Assert.Contains("\"00:05:00\", /* the desk's */", ran.Output, StringComparison.Ordinal);
        Assert.Contains($"Settings: {here} (version ", ran.Error, StringComparison.Ordinal);
        ran = await Run(Places, "baseline", demo.Telemetry, "--no-settings");
        Assert.DoesNotContain("00:05:00", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Settings: ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_found_and_wrong_or_named_and_missing_is_2()
    {
        _folder.Write("work/cipherwatch.json", """{ "Suppressions": [ { "process": "x", "expiry": "2020-01-01", "reason": "x" } ] }""");
        Ran ran = await Run(Places, "detect", demo.Telemetry);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains("Suppressions[0]: there is no member 'expiry'. Did you mean 'expires'?", ran.Error, StringComparison.Ordinal);
        File.Delete(_folder["work/cipherwatch.json"]);
        ran = await Run(Places with { Variable = _folder["none.json"] }, "detect", demo.Telemetry);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains("$CIPHERWATCH_SETTINGS names", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_writes_a_file_that_changes_nothing_and_never_over_one()
    {
        string path = _folder["cipherwatch.json"];
        Assert.Equal(ExitCode.Done, (await Ran.Of("settings", "init", path)).Code);
        Assert.True(SettingsFile.TryLoad(File.ReadAllBytes(path), out DetectionSettings settings, out _));
        Assert.All(SettingRow.All, row => Assert.True(row.Same(DetectionSettings.Default, settings), row.Name));
        byte[] before = File.ReadAllBytes(path);
        Assert.Equal(ExitCode.Usage, (await Ran.Of("settings", "init", path)).Code);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Show_writes_settings_that_are_the_same_when_read()
    {
        string path = _folder.Write("s.json", """
            {
              "TimeWindow": "1.00:05:00", "AllowedMgmtHosts": [ "10.0.0.0/8", "2001:db8::/32" ], "Proxies": [ "10.0.0.8:3128", "[2001:db8::8]:80" ], "HostAddresses": { "a": ["10.0.0.1"] },
              "CryptoModules": { "linux": [ { "name": "libfoo*", "weight": 50 } ] }, "EvidenceWeights": { "oddPort": 3 },
              "Suppressions": [
                { "process": "*\\a.exe", "host": "x", "signer": "y", "destination": "[2001:db8::1]:443/tcp", "reason": "r", "author": "k", "expires": "2026-12-31" },
                { "hash": "00000000000000000000000000000000000000000000000000000000000000aa", "reason": "r" }, { "destination": "*.example:8443", "reason": "r" }
              ]
            }
            """);
        DetectionSettings settings = SettingsSource.Load(path);
        Ran shown = await Ran.Of("settings", "show", path);
        Assert.StartsWith($"// Settings: {path} (version ", shown.Output, StringComparison.Ordinal);
        Assert.True(SettingsFile.TryLoad(shown.OutputBytes, out DetectionSettings read, out IReadOnlyList<string> errors), string.Join('\n', errors));
        Assert.All(SettingRow.All.Where(row => row.Name != "EvidenceWeights"), row => Assert.True(row.Same(settings, read), row.Name));
        Assert.Equal(3, read.EvidenceWeights["oddPort"]);
        Assert.True(SettingsFile.TryLoad((await Ran.Of("settings", "show")).OutputBytes, out read, out _));
        Assert.All(SettingRow.All.Where(row => row.Name != "EvidenceWeights"), row => Assert.True(row.Same(DetectionSettings.Default, read), row.Name));
    }

    [Fact]
    public async Task Check_says_what_is_wrong_and_what_has_run_out_or_will()
    {
        string path = _folder.Write("s.json", """
            { "Suppressions": [ { "process": "a", "expires": "2026-01-01", "reason": "r" }, { "process": "b", "expires": "2026-06-10", "reason": "r" }, { "process": "c", "reason": "r" } ] }
            """);
        Ran ran = await Run(SettingsPlaces.None, "settings", "check", path);
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Contains("Suppressions[0] (process a) has run out.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Suppressions[1] (process b) runs out within 14 days.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Suppressions[2] (process c) holds for ever.", ran.Output, StringComparison.Ordinal);
        Ran wrong = await Ran.Of("settings", "check", _folder.Write("w.json", """{ "EvidenceWeights": { "unsignedImages": 0 } }"""));
        Assert.Equal(ExitCode.Usage, wrong.Code);
        Assert.Contains("Did you mean 'unsignedImage'?", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings chekc", "'check'")]
    [InlineData("setings check", "'settings'")]
    [InlineData("supress x", "'suppress'")]
    public async Task A_mistyped_verb_suggests_the_right_one(string line, string suggestion)
    {
        Ran ran = await Ran.Of(line.Split(' '));
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains($"Did you mean {suggestion}?", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suppress")]
    [InlineData("settings check")]
    [InlineData("settings show")]
    [InlineData("settings init")]
    public async Task Help_has_examples(string verb)
    {
        Ran ran = await Ran.Of([.. verb.Split(' '), "--help"]);
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Contains($"  cipherwatch {verb}", ran.Output, StringComparison.Ordinal);
        Assert.Contains("--quiet", ran.Output, StringComparison.Ordinal);
    }

    private async Task<string> Source(SettingsPlaces places, params string[] more)
    {
        Ran ran = await Run(places, ["detect", _folder.Write("c.json", Samples.Connections(3)), "--json", .. more]);
        return ran.Json.GetProperty("settings").GetProperty("source").GetString()!;
    }

    private static async Task<Ran> Run(SettingsPlaces places, params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new() { NewLine = "\n" };
        Terminal terminal = new() { OpenInput = () => Stream.Null, Output = output, Error = error, Places = places, Clock = new FixedClock() };
        ExitCode code = await CommandLine.RunAsync(args, terminal, CancellationToken.None);
        return new(code, output.ToArray(), error.ToString());
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
