using CipherWatch.Cli.Usage;
using CipherWatch.Sinks;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Cli.Runs;

/// <summary>The files that a run writes: created before anything is read, so that a path that cannot be written fails at once.</summary>
/// <param name="inputs">Paths that the run was told to read: none of them may be written.</param>
internal sealed class OutputFiles(IEnumerable<string> inputs) : IDisposable
{
    private readonly List<LineFile> _files = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inputs = [.. inputs.Where(path => path.Length > 0).Select(Path.GetFullPath)];

    /// <summary>Full paths of the files, which are never read by the same run.</summary>
    public IReadOnlySet<string> Paths => _paths;

    /// <summary>The same and a file beside them that is no telemetry either; null for none.</summary>
    public IReadOnlySet<string> PathsWith(string? path)
    {
        if (path is not null)
        {
            _paths.Add(Path.GetFullPath(path));
        }

        return _paths;
    }

    /// <summary>Makes sure that no file would be written twice, or over an input. Call before the first is created.</summary>
    /// <exception cref="UsageException">One would.</exception>
    public void Claim(params ReadOnlySpan<string?> paths)
    {
        foreach (string? path in paths)
        {
            if (path is null or { Length: 0 })
            {
                continue;
            }

            string full = Path.GetFullPath(path);
            if (_inputs.Contains(full))
            {
                throw new UsageException($"{path} is an input: it would be lost if the output went there.");
            }

            if (!_paths.Add(full))
            {
                throw new UsageException($"{path} is asked for as two different outputs.");
            }
        }
    }

    /// <summary>Creates a file of lines; null without a path.</summary>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public LineFile? Lines(string? path)
    {
        if (path is null)
        {
            return null;
        }

        LineFile file = LineFile.Create(path);
        _files.Add(file);
        return file;
    }

    /// <summary>Creates or empties a file that is written as a whole at the end.</summary>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public static void Touch(string? path)
    {
        if (path is not null)
        {
            LineFile.Create(path).Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LineFile file in _files)
        {
            file.Dispose();
        }
    }
}
