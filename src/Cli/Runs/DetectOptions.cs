using CipherWatch.Core.Detections;

namespace CipherWatch.Cli.Runs;

/// <summary>What one run of detection reads, how it judges, and where its results go.</summary>
internal sealed record DetectOptions
{
    /// <summary>Records a batch: what an event hub's batch holds. It decides how many operations there are, never what is found.</summary>
    public const int DefaultBatchSize = 1_000;

    /// <summary>Files, folders, patterns, <c>-</c>.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Format to read every record as; null to find it from content.</summary>
    public string? Format { get; init; }

    /// <summary>Settings file; null to look for one.</summary>
    public string? Settings { get; init; }

    /// <summary>Whether the shipped settings judge, whatever file there is.</summary>
    public bool NoSettings { get; init; }

    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>NDJSON file, <c>-</c> for standard output.</summary>
    public string? Out { get; init; }

    /// <summary>Table storage connection.</summary>
    public string? Table { get; init; }

    public string TableName { get; init; } = Sinks.Tables.TableName.Default;

    /// <summary>File for records that could not be used.</summary>
    public string? DeadLetter { get; init; }

    /// <summary>HTML file.</summary>
    public string? Report { get; init; }

    /// <summary>Detections below it are neither shown nor written.</summary>
    public Severity MinSeverity { get; init; } = Severity.Low;

    /// <summary>The summary object on standard output instead of the table.</summary>
    public bool Json { get; init; }

    public bool Quiet { get; init; }

    /// <summary>Whether detections go to standard output.</summary>
    public bool OutIsStandardOutput => Out == Inputs.InputFile.StandardInput;
}
