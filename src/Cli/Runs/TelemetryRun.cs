using System.Diagnostics;
using CipherWatch.Cli.Inputs;
using CipherWatch.Cli.Views;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Cli.Runs;

/// <summary>One pass over all inputs of a command line, as one stream of records.</summary>
internal sealed class TelemetryRun
{
    private readonly Ingestor _ingestor;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Reads into a receiver.</summary>
    /// <param name="receiver">Takes the observations.</param>
    /// <param name="deadLetters">Keeps what could not be used; null to count it only.</param>
    /// <param name="format">One of <see cref="FormatNames"/> to read every record as; null to find it from content.</param>
    public TelemetryRun(IObservationReceiver receiver, IDeadLetterSink? deadLetters, string? format)
    {
        DeadLetters = new(deadLetters);
        _ingestor = new(receiver, DeadLetters, format);
    }

    /// <summary>What was read.</summary>
    public IngestionCounts Counts => _ingestor.Counts;

    /// <summary>What was opened, and what could not be.</summary>
    public InputTally Inputs { get; } = new();

    /// <summary>What could not be used, by reason.</summary>
    public UnreadTally DeadLetters { get; }

    /// <summary>Since the run began.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Inputs of which not one record could be read.</summary>
    public List<FailedInput> FailedInputs { get; } = [];

    /// <summary>Files among the inputs that were not read, because they are no telemetry.</summary>
    public int LeftOut { get; private set; }

    /// <summary>What a person should know that is no failure.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Whether it was stopped before its end.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Done, or what went wrong with the inputs.</summary>
    public ExitCode ExitCode => Stopped || Inputs.Problems.Count > 0 ? ExitCode.Failed : ExitCode.Done;

    /// <summary>Reads all inputs, or up to where the run is stopped.</summary>
    /// <param name="paths">As on the command line.</param>
    /// <param name="outputs">Full paths of files that this run writes, which are not read.</param>
    /// <param name="terminal">For standard input and progress.</param>
    /// <param name="showProgress">Whether progress may be shown.</param>
    /// <param name="cancellationToken">Stops; what was read so far stands.</param>
    public void Read(
        IEnumerable<string> paths, IReadOnlySet<string> outputs, Terminal terminal, bool showProgress, CancellationToken cancellationToken)
    {
        InputPaths expander = new(Inputs, outputs);
        IReadOnlyList<InputFile> files = expander.Expand(paths);
        LeftOut = expander.LeftOut.Count;
        Notes.AddRange(expander.Notes());
        InputReader reader = new((stream, name) => Read(stream, name, cancellationToken), Inputs, terminal.OpenInput, cancellationToken);
        int done = 0;
        ProgressView.Show(terminal, showProgress, files.Sum(file => file.Length), Inputs, () =>
        {
            try
            {
                for (; done < files.Count; done++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    _ingestor.InputTime = files[done].IsStandardInput ? null
                        : new DateTimeOffset(File.GetLastWriteTimeUtc(files[done].Path));
                    reader.Read(files[done]);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Stopped = true;
            }
        });
        _ingestor.Finish();
        if (Stopped)
        {
            Notes.Add($"Stopped before the end: {files.Count - done} of {files.Count} inputs were not read, or not to their end.");
        }
    }

    /// <summary>What was read and what could not be, for whoever says so.</summary>
    /// <param name="result">What was correlated; null where nothing was.</param>
    public ReadingAccount Account(LocalResult? result) => new()
    {
        Records = Counts.Records,
        Unread = Counts.DeadLettered + Counts.Unread,
        Reasons = DeadLetters.Reasons,
        FailedInputs = FailedInputs,
        Inputs = Inputs.Files,
        Problems = [.. Inputs.Problems.Select(problem => problem.ToString())],
        Judged = result?.Judged,
        KeepsDeadLetters = DeadLetters.AreKept || Counts.DeadLettered == 0,
    };

    /// <summary>Reads one input, and notes it where no record of it could be read.</summary>
    private void Read(Stream stream, string name, CancellationToken cancellationToken)
    {
        (long records, long unread, long held) = (Counts.Records, Counts.DeadLettered + Counts.Unread, Counts.Held);
        DeadLetters.BeginInput();
        try
        {
            _ingestor.Read(stream, name, cancellationToken);
        }
        finally
        {
            // Records that wait for others of their event are counted later: an input with such was read.
            long own = Counts.Records - records;
            if (own > 0 && Counts.DeadLettered + Counts.Unread - unread == own && Counts.Held == held)
            {
                FailedInputs.Add(new(name, own, DeadLetters.ReasonsOfInput));
            }
        }
    }
}
