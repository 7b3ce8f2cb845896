using CipherWatch.Sinks.Files;

namespace CipherWatch.Cli.Runs;

/// <summary>The files that a run writes: created before anything is read, so that a path that cannot be written fails at once.</summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly List<LineFile> _files = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>Full paths of the files, which are never read by the same run.</summary>
    public IReadOnlySet<string> Paths => _paths;

    /// <summary>A file of lines; null without a path.</summary>
    /// <exception cref="Sinks.SinkException">It cannot be written.</exception>
    public LineFile? Lines(string? path)
    {
        if (path is null)
        {
            return null;
        }

        Claim(path);
        LineFile file = LineFile.Create(path);
        _files.Add(file);
        return file;
    }

    /// <summary>Creates or empties a file that is written as a whole at the end.</summary>
    /// <exception cref="Sinks.SinkException">It cannot be written.</exception>
    public void Touch(string? path)
    {
        if (path is not null)
        {
            Claim(path);
            LineFile.Create(path).Dispose();
        }
    }

    private void Claim(string path) => _paths.Add(Path.GetFullPath(path));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LineFile file in _files)
        {
            file.Dispose();
        }
    }
}
