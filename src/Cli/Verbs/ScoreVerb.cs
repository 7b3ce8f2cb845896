using System.CommandLine;
using CipherWatch.Cli.Inputs;
using CipherWatch.Cli.Scoring;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>score</c>: what the bytes of files and the flows of captures look like.</summary>
/// <remarks>
/// A file is scored as it is: compressed bytes are what a <c>.gz</c> or <c>.zip</c> file holds, and the verdict says so. Only a
/// capture that is compressed with gzip is read through.
/// </remarks>
internal sealed class ScoreVerb : VerbCommand
{
    private readonly Argument<string[]> _files = new("file")
    {
        Description = "Files, folders (walked in name order), patterns, or '-' for standard input. Scored as they are.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = CommonOptions.Json("One JSON object a line instead of the table, in input order.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public ScoreVerb()
        : base("score", "Judge the randomness of each file's bytes, and of each flow of a packet capture.")
    {
        Add(_files);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("score payload.bin", "Is this payload encrypted, compressed, encoded or none of these?"),
        ("score samples/ --json", "Every file of a folder, one JSON object a line."),
        ("score capture.pcapng", "Each flow: its verdict, and whether keys were exchanged."),
        ("score - < body.bin", "Bytes from standard input."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        InputTally tally = new();
        List<ScoredSample> samples = [];
        using LineFile lines = new(terminal.Output, "standard output");
        bool json = arguments.GetValue(_json);
        foreach (InputFile file in new InputPaths(tally, new HashSet<string>()).Expand(arguments.GetRequiredValue(_files)))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                tally.AddProblem(file.Path, "not read: stopped before.");
                break;
            }

            IReadOnlyList<ScoredSample> scored = Score(file, terminal, tally, cancellationToken);
            samples.AddRange(json ? [] : scored);
            foreach (ScoredSample sample in json ? scored : [])
            {
                ScoreJson.Write(lines.Line, sample);
                lines.EndLine();
            }
        }

        if (samples.Count > 0 && !arguments.GetValue(_quiet))
        {
            ScoreTable.Write(terminal.OutputConsole(), samples);
        }

        foreach (InputProblem problem in tally.Problems)
        {
            terminal.Error.WriteLine(problem);
        }

        return Task.FromResult(tally.Problems.Count > 0 ? ExitCode.Failed : ExitCode.Done);
    }

    private static IReadOnlyList<ScoredSample> Score(
        InputFile file, Terminal terminal, InputTally tally, CancellationToken cancellationToken)
    {
        string name = file.IsStandardInput ? "<stdin>" : file.Path;
        try
        {
            using Stream raw = file.IsStandardInput ? terminal.OpenInput() : File.OpenRead(file.Path);
            using Stream stream = raw.CanSeek ? raw : new InterruptibleStream(raw, cancellationToken);
            IReadOnlyList<ScoredSample> samples = ScoredInput.Score(stream, name, out string? fault, cancellationToken);
            if (fault is not null)
            {
                tally.AddProblem(name, fault);
            }

            return samples;
        }
        catch (OperationCanceledException)
        {
            tally.AddProblem(name, "not read to its end: stopped.");
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            tally.AddProblem(name, $"could not be read ({exception.Message.TrimEnd('.')}).");
            return [];
        }
    }
}
