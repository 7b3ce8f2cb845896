using System.Text;
using CipherWatch.Cli.Runs;
using Spectre.Console;

namespace CipherWatch.Cli;

/// <summary>What a run talks to: the standard streams, and whether a person is looking at them.</summary>
internal sealed record Terminal
{
    /// <summary>Columns of output that goes to a file or a pipe: the same on every machine, and wide enough for paths.</summary>
    private const int PipedWidth = 120;

    private const int OutputBufferBytes = 128 << 10;

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Standard output. Whoever writes flushes.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Where settings lie that no option names. None unless it is said: a test's run picks up no file that lies about.</summary>
    public SettingsPlaces Places { get; init; } = SettingsPlaces.None;

    /// <summary>What has run out by now is told by it; nothing that is found is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new()
    {
        OpenInput = Console.OpenStandardInput,
        Output = new BufferedStream(Console.OpenStandardOutput(), OutputBufferBytes),
        Error = Console.Error,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Places = SettingsPlaces.OfProcess(),
    };

    /// <summary>Rich text on standard output, plain where nobody looks.</summary>
    public IAnsiConsole OutputConsole() =>
        Rich(new StreamWriter(Output, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true, NewLine = "\n" }, OutputIsTerminal);

    /// <summary>Rich text on standard error, plain where nobody looks.</summary>
    public IAnsiConsole ErrorConsole() => Rich(Error, ErrorIsTerminal);

    private static IAnsiConsole Rich(TextWriter writer, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Capabilities.Unicode = true;
        if (!isTerminal)
        {
            console.Profile.Width = PipedWidth;
            console.Profile.Capabilities.Links = false;
        }

        return console;
    }
}
