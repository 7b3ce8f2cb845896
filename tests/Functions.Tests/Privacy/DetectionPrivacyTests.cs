using CipherWatch.Core.Detections;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Privacy;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Privacy;

public class DetectionPrivacyTests
{
    private const string Secret = "hunter2-\u202e<script>";

    [Theory]
    [InlineData("keep", $"upd.exe -u ada --password={Secret}")]
    [InlineData("redact", "upd.exe -u *** --password=***")]
    [InlineData("leave-out", null)]
    public async Task Command_lines_reach_no_sink_in_a_form_that_is_not_wanted(string wanted, string? expected)
    {
        Detection detection = await DetectionAsync();
        DetectionStore sink = new();
        await Publisher.Of([sink], settings: ("CIPHERWATCH_COMMAND_LINES", wanted)).RunAsync(new Publication([detection]), CancellationToken.None);
        Assert.Equal(expected, Assert.Single(sink.Held.Values).Process!.CommandLine);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("upd.exe", "upd.exe")]
    [InlineData("\"C:\\Program Files\\a b.exe\" secret", "\"C:\\Program Files\\a b.exe\" ***")]
    [InlineData("curl -H \"Authorization: Bearer x y\" https://h/p", "curl -H *** ***")]
    [InlineData("net use /user:lab\\ada p@ss", "net *** /user:*** ***")]
    [InlineData("a -pSecretOfMoreThanTwentyFourCharacters", "a ***")]
    [InlineData("a -p'quoted secret' --x=\"1 2\"", "a *** --x=***")]
    [InlineData("a --=x -- b", "a --=*** -- ***")]
    public void The_program_and_names_of_options_are_kept(string line, string expected) =>
        Assert.Equal(expected, new CommandLineRedactor().Redact(line));

    [Fact]
    public void A_word_that_is_none_stops_the_app() => Assert.Contains(
        "keep, redact, leave-out",
        Assert.Throws<InvalidOperationException>(() => Publisher.Privacy(("CIPHERWATCH_COMMAND_LINES", "hide"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Bytes_of_dead_letters_can_be_left_out()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(["a secret that is no record"]));
        using StreamReader reader = new(new LetterStream(app.Letters.Held, withBytes: false));
        string written = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"rawLength\":26", written, StringComparison.Ordinal);
        Assert.DoesNotContain("\"raw\":", written, StringComparison.Ordinal);
    }

    private static async Task<Detection> DetectionAsync()
    {
        App app = new();
        await app.TriggerAsync(Fleet.Events(Fleet.Records()));
        await app.RunAsync();
        Detection any = app.Detections.Held.Values.First(detection => detection.Process is not null);
        return any with { Process = any.Process! with { CommandLine = $"upd.exe -u ada --password={Secret}" } };
    }
}
