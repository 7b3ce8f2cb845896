using System.CommandLine;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Simulation;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections;
using CipherWatch.Sinks;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>demo</c>: a synthetic day with one implant, read and judged by the same code as <c>detect</c>.</summary>
internal sealed class DemoVerb : VerbCommand
{
    private const ulong Seed = 1573;

    private readonly Option<string> _folder = new("--out-dir")
    {
        Description = "Folder for the telemetry and the results.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "cipherwatch-demo",
    };

    private readonly Option<bool> _json = CommonOptions.Json("One summary object on standard output instead of the table.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public DemoVerb()
        : base("demo", "Write a synthetic day of mixed telemetry with one implant in it, detect it, and show the result.")
    {
        Add(_folder);
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("demo", "See the whole of it in a few seconds; the files stay in ./cipherwatch-demo."),
        ("demo --out-dir lab", "Keep the files elsewhere."),
    ];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        string folder = arguments.GetRequiredValue(_folder);
        bool spoken = !arguments.GetValue(_quiet) && !arguments.GetValue(_json);
        IReadOnlyList<string> files = WriteDay(Path.Join(folder, "telemetry"));
        using StreamWriter output = new(terminal.Output, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        if (spoken)
        {
            output.WriteLine(
                $"A synthetic office day is in {Path.Join(folder, "telemetry")}: three workstations, a Mac, a Linux server, "
                + "an ESXi host, one sensor, one implant. Reading it as 'detect' would:");
            output.WriteLine();
        }

        DetectOptions options = new()
        {
            Paths = files,
            NoSettings = true,
            Out = Path.Join(folder, "detections.ndjson"),
            Report = Path.Join(folder, "report.html"),
            Json = arguments.GetValue(_json),
            Quiet = arguments.GetValue(_quiet),
        };
        (ExitCode code, IReadOnlyList<Detection> found) = await DetectRun.DetectAsync(options, terminal, cancellationToken)
            .ConfigureAwait(false);
        if (spoken)
        {
            output.WriteLine();
            output.WriteLine(Verdict(found));
            output.WriteLine($"Report:     {Path.GetFullPath(options.Report)}");
            output.WriteLine($"Detections: {Path.GetFullPath(options.Out)}");
        }

        return code;
    }

    private static string Verdict(IReadOnlyList<Detection> found)
    {
        int implants = found.Count(detection => detection.Host == SyntheticDay.InfectedHost
            && detection.Process?.Image == SyntheticDay.ImplantImage);
        int others = found.Count(detection => detection.SupersededBy is null) - implants;
        return implants == 1 && others == 0
            ? "The implant was found, and nothing else was reported."
            : $"Expected one implant and nothing else; found {implants} and {others} others.";
    }

    private static IReadOnlyList<string> WriteDay(string folder)
    {
        try
        {
            return SyntheticDay.Write(folder, Seed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"{folder}: cannot be written ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
