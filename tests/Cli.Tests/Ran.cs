using System.Text;
using System.Text.Json;
using CipherWatch.Cli.Usage;

namespace CipherWatch.Cli.Tests;

/// <summary>One run of the real command, in this process, with its streams captured.</summary>
internal sealed record Ran(ExitCode Code, byte[] OutputBytes, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Standard output as one JSON object.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Runs a command line.</summary>
    public static Task<Ran> Of(params string[] args) => With(Stream.Null, args);

    /// <summary>Runs a command line with standard input.</summary>
    public static async Task<Ran> With(Stream input, IReadOnlyList<string> args, CancellationToken cancellationToken = default)
    {
        using MemoryStream output = new();
        using StringWriter error = new() { NewLine = "\n" };
        Terminal terminal = new() { OpenInput = () => input, Output = output, Error = error };
        ExitCode code = await CommandLine.RunAsync(args, terminal, cancellationToken);
        return new(code, output.ToArray(), error.ToString());
    }
}
