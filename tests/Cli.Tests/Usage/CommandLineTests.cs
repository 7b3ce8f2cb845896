namespace CipherWatch.Cli.Tests.Usage;

public sealed class CommandLineTests
{
    private static readonly string[] Verbs = ["detect", "normalize", "score", "demo"];

    [Theory]
    [InlineData("detct x", "'detect'")]
    [InlineData("normalise x", "'normalize'")]
    [InlineData("detect x --setings y", "'--settings'")]
    [InlineData("detect x --batchsize 3", "'--batch-size'")]
    [InlineData("detect --jsno x", "'--json'")]
    [InlineData("score --quite x", "'--quiet'")]
    [InlineData("normalize --dead-letters a b", "'--dead-letter'")]
    public async Task A_mistyped_verb_or_option_suggests_the_right_one(string line, string suggestion)
    {
        Ran ran = await Ran.Of(line.Split(' '));
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains($"Did you mean {suggestion}?", ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.OutputBytes);
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("detect x --batch-size 0")]
    [InlineData("detect x --batch-size many")]
    [InlineData("detect x --min-severity urgent")]
    [InlineData("detect x --settings no-such-file.json")]
    [InlineData("detect x --table nonsense")]
    [InlineData("detect x --table UseDevelopmentStorage=true --table-name 1")]
    [InlineData("qqqqqqqq")]
    public async Task Wrong_usage_is_2_with_a_reason_and_no_stack_trace(string line)
    {
        Ran ran = await Ran.Of(line.Split(' '));
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.NotEmpty(ran.Error);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_verb_the_help_is_shown_and_the_code_is_usage()
    {
        Ran ran = await Ran.Of();
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.All(Verbs, verb => Assert.Contains($"  {verb}", ran.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_of_every_verb_has_examples_and_exit_codes()
    {
        foreach (string verb in Verbs)
        {
            Ran ran = await Ran.Of(verb, "--help");
            Assert.Equal(ExitCode.Done, ran.Code);
            Assert.Contains($"  cipherwatch {verb} ", ran.Output, StringComparison.Ordinal);
            Assert.Contains("Exit codes: 0 done", ran.Output, StringComparison.Ordinal);
            Assert.Contains("--quiet", ran.Output, StringComparison.Ordinal);
            Assert.Contains("--json", ran.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task After_a_double_dash_a_path_may_start_with_one()
    {
        Ran ran = await Ran.Of("normalize", "--", "--odd-name");
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("--odd-name: no such file or folder.", ran.Error, StringComparison.Ordinal);
    }
}
