using System.CommandLine;
using System.Globalization;
using CipherWatch.Cli.Runs;
using CipherWatch.Cli.Usage;
using CipherWatch.Cli.Views;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Sinks;

namespace CipherWatch.Cli.Verbs;

/// <summary><c>suppress</c>: an analyst's verdict, written into the settings by what the detection is of.</summary>
internal sealed class SuppressVerb : VerbCommand
{
    /// <summary>Days that a verdict holds without <c>--until</c>, from the detection's last connection: not for ever.</summary>
    private const int DefaultDays = 90;

    private const string Never = "never";

    private readonly Argument<string> _id = new("id") { Description = "The detection, or the first digits of its id." };

    private readonly Option<string> _reason = new("--reason") { Description = "Why it is wanted.", HelpName = "TEXT", Required = true };

    private readonly Option<string?> _until = new("--until")
    {
        Description = $"Date or time (UTC) up to which it holds, against the time of detections; '{Never}' for ever. Without it "
            + $"{DefaultDays} days from the detection on.",
        HelpName = "DATE",
    };

    private readonly Option<string?> _author = new("--author") { Description = "Who says so; without it the account.", HelpName = "NAME" };

    private readonly Option<string?> _settings = new("--settings")
    {
        Description = $"The file to write to; without it the one that 'detect' would use, else ./{SettingsPlaces.FileName}.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _detections = new("--detections")
    {
        Description = "Where the detection stands: NDJSON of 'detect --out'. Without it every .ndjson file here and in ./cipherwatch-demo.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _json = CommonOptions.Json("The entry as JSON on standard output, and nothing else.");
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public SuppressVerb()
        : base("suppress", "Write a suppression for a detection that is known to be wanted: its process, host and destination.")
    {
        Add(_id);
        foreach (Option option in (Option[])[_reason, _until, _author, _settings, _detections, _json, _quiet])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string Does)> Examples { get; } =
    [
        ("suppress 747121f5 --reason \"Agreed with IT, ticket 4711\" --until 2026-12-31",
            "By the first digits of its id, until a date."),
        ("suppress 747121f5 --reason \"Backup agent\" --detections detections.ndjson --settings cipherwatch.json",
            "With both files named."),
    ];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        Detection detection = DetectionLines.Find(
            arguments.GetRequiredValue(_id), Files(arguments.GetRequiredValue(_detections), terminal.Places));
        string path = arguments.GetValue(_settings) ?? terminal.Places.Find()?.Path ?? terminal.Places.Default;
        DateTimeOffset? until = Until(arguments.GetValue(_until), detection);
        List<(string Name, string Value)> members = [.. SuppressionDraft.Scope(detection)];
        members.Add(("reason", arguments.GetRequiredValue(_reason)));
        members.Add(("author", arguments.GetValue(_author) ?? Environment.UserName));
        if (until is { } expires)
        {
            members.Add(("expires", ObservationJson.Iso(expires)));
        }

        string entry = SuppressionDraft.Json(members.Where(member => member.Value.Length > 0));
        bool isNew = Write(path, entry);
        using StreamWriter output = new(terminal.Output, leaveOpen: true) { NewLine = "\n" };
        if (arguments.GetValue(_json))
        {
            output.WriteLine(entry);
        }
        else if (!arguments.GetValue(_quiet))
        {
            output.WriteLine(isNew
                ? $"Added to {path}: {VisibleText.Of(entry)}"
                : $"{path} has this suppression already: nothing was written.");
            string? end = until?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            output.WriteLine(end is null ? "It holds for ever." : $"It holds for detections before {end} UTC.");
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static string[] Files(string[] named, SettingsPlaces places)
    {
        if (named.Length > 0)
        {
            return named;
        }

        string here = places.WorkingFolder ?? ".";
        return
        [
            .. new[] { here, Path.Join(here, "cipherwatch-demo") }.Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "*.ndjson").Order(StringComparer.Ordinal)),
        ];
    }

    private static DateTimeOffset? Until(string? text, Detection detection) => text switch
    {
        null => new DateTimeOffset(detection.WindowEnd.UtcDateTime.Date.AddDays(DefaultDays), TimeSpan.Zero),
        Never => null,
        _ => SettingsFile.TryTime(text, out DateTimeOffset time)
            ? time > detection.Time ? time
                : throw new UsageException(
                    $"--until {text}: the detection itself is of {ObservationJson.Iso(detection.Time)}, so it would not be suppressed.")
            : throw new UsageException($"--until '{text}': a date such as 2026-12-31, a time such as 2026-12-31T12:00:00Z, or '{Never}'."),
    };

    /// <summary>Writes the file with the entry; false where it has the same one already.</summary>
    private static bool Write(string path, string entry)
    {
        byte[] before = File.Exists(path) ? SettingsSource.Read(path, "--settings") : [];
        if (before.Length > 0)
        {
            _ = SettingsSource.Load(path);
        }

        if (!SettingsText.TryAddSuppression(before, entry, out ReadOnlyMemory<byte> after, out _, out IReadOnlyList<string> errors))
        {
            throw new UsageException(string.Join('\n', errors.Prepend($"{path}: the entry cannot be added. Add it by hand: {entry}")));
        }

        if (after.Length == before.Length)
        {
            return false;
        }

        try
        {
            // The whole file or nothing: a settings file cut short would be refused by every run after.
            string temporary = path + ".new";
            File.WriteAllBytes(temporary, after.Span);
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"{path}: cannot be written ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
