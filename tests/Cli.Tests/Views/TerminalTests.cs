using CipherWatch.Cli.Usage;

namespace CipherWatch.Cli.Tests.Views;

public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_file_or_a_pipe_gets_holds_no_terminal_codes()
    {
        Ran ran = await Ran.Of("demo", "--out-dir", _folder["demo"]);
        Assert.DoesNotContain('\u001b', ran.Output);
        Assert.All(ran.Lines.Where(line => line.StartsWith('│')), line => Assert.Equal(120, line.Length));
    }

    [Fact]
    public async Task A_command_line_cannot_send_codes_to_the_terminal()
    {
        await Ran.Of("demo", "--quiet", "--out-dir", _folder["demo"]);
        string file = _folder["demo/telemetry/sysmon-winlogbeat.json"];
        File.WriteAllText(file, File.ReadAllText(file).Replace("--tray", "\\u001b]0;gone\\u0007\\u001b[2J", StringComparison.Ordinal));
        using MemoryStream output = new();
        Terminal terminal = new() { OpenInput = () => Stream.Null, Output = output, Error = TextWriter.Null, OutputIsTerminal = true };
        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["detect", _folder["demo/telemetry"]], terminal, CancellationToken.None));
        string text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("\\u001b]0;gone\\u0007", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]0;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
    }
}
