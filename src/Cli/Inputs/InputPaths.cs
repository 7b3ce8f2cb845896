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

    /// <summary>Files that lay among the inputs and are not read: the run's own outputs, and ground truth.</summary>
    public List<string> LeftOut { get; } = [];

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
                Add(path);
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
                    Add(match);
                }
            }
            else
            {
                tally.AddProblem(path, "no such file or folder.");
            }
        }

        return _files;
    }

    private void Add(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Attributes.HasFlag(FileAttributes.Directory))
            {
                AddFile(file, path);
                return;
            }

            foreach (string entry in Directory.GetFileSystemEntries(path).Order(StringComparer.Ordinal))
            {
                // A link to a folder may lead back up: following it could go on for ever.
                if (Directory.Exists(entry) && new DirectoryInfo(entry).LinkTarget is not null)
                {
                    LeftOut.Add(entry);
                    continue;
                }

                Add(entry);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            tally.AddProblem(path, $"could not be opened ({exception.Message.TrimEnd('.')}).");
        }
    }

    private void AddFile(FileInfo file, string path)
    {
        if (outputs.Contains(file.FullName) || file.Name is GroundTruth or Inventory)
        {
            LeftOut.Add(path);
            return;
        }

        _files.Add(new(path, file.Length));
    }
}
