namespace CipherWatch.Cli.Inputs;

/// <summary>A file to read, or standard input.</summary>
/// <param name="Path">Its path; <c>-</c> for standard input.</param>
/// <param name="Length">Its length in bytes; 0 where it has none to tell.</param>
internal readonly record struct InputFile(string Path, long Length)
{
    /// <summary>How standard input is written.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether it is standard input.</summary>
    public bool IsStandardInput => Path == StandardInput;
}

/// <summary>Turns the paths of a command line into the files they stand for.</summary>
/// <remarks>Folders are walked in ordinal name order, files and folders together, so that two machines read in one order.</remarks>
internal sealed class InputPaths(InputTally tally, IReadOnlySet<string> outputs)
{
    /// <summary>The ground truth that <c>simulate</c> writes beside the telemetry: it is none.</summary>
    public const string GroundTruth = "truth.tsv";

    /// <summary>Settings with the addresses of a simulated fleet's hosts, which are no telemetry either.</summary>
    public const string Inventory = "inventory.json";

    private readonly List<InputFile> _files = [];

    /// <summary>Files and folders that lay among the inputs and are not read, and what they are.</summary>
    public List<(string Path, string What)> LeftOut { get; } = [];

    /// <summary>What was left out, a line for each kind.</summary>
    public IEnumerable<string> Notes()
    {
        const int Named = 5;
        foreach (IGrouping<string, (string Path, string What)> kind in LeftOut.GroupBy(left => left.What))
        {
            string[] paths = [.. kind.Select(left => left.Path)];
            yield return $"{paths.Length} left out, as {(paths.Length == 1 ? "it is" : "they are")} {kind.Key}: "
                + string.Join(", ", paths.Take(Named)) + (paths.Length > Named ? " …" : string.Empty);
        }
    }

    /// <summary>The files that paths, folders and patterns stand for, in order. What does not exist is a problem in the tally.</summary>
    public IReadOnlyList<InputFile> Expand(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (path == InputFile.StandardInput)
            {
                _files.Add(new(path, 0));
            }
            else if (Path.Exists(path))
            {
                Add(path, isNamed: true);
            }
            else if (GlobPattern.IsPattern(path))
            {
                IReadOnlyList<string> found = GlobPattern.Find(path);
                if (found.Count == 0)
                {
                    tally.AddProblem(path, "no file matches this pattern.");
                }

                foreach (string match in found)
                {
                    Add(match, isNamed: false);
                }
            }
            else
            {
                tally.AddProblem(path, "no such file or folder.");
            }
        }

        return _files;
    }

    private void Add(string path, bool isNamed)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Attributes.HasFlag(FileAttributes.Directory))
            {
                AddFile(file, path, isNamed);
                return;
            }

            foreach (string entry in Directory.GetFileSystemEntries(path).Order(StringComparer.Ordinal))
            {
                // A link to a folder may lead back up: following it could go on for ever.
                if (Directory.Exists(entry) && new DirectoryInfo(entry).LinkTarget is not null)
                {
                    LeftOut.Add((entry, "a link to a folder"));
                    continue;
                }

                Add(entry, isNamed: false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            tally.AddProblem(path, $"could not be opened ({exception.Message.TrimEnd('.')}).");
        }
    }

    private void AddFile(FileInfo file, string path, bool isNamed)
    {
        string? what = outputs.Contains(file.FullName) ? "of this run itself"
            : file.Name == GroundTruth ? "ground truth"
            : file.Name == Inventory ? "settings of a simulated fleet"
            : isNamed ? null
            : OwnOutputs.KindOf(file);
        if (what is not null)
        {
            LeftOut.Add((path, what));
            return;
        }

        _files.Add(new(path, file.Length));
    }
}
