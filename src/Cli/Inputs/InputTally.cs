namespace CipherWatch.Cli.Inputs;

/// <summary>What was opened, and what went wrong with it.</summary>
internal sealed class InputTally
{
    private readonly List<InputProblem> _problems = [];
    private long _storedBytes;

    /// <summary>Files read: a container counts each file that it holds, standard input counts as one.</summary>
    public long Files { get; private set; }

    /// <summary>Bytes read from disk or standard input, before decompression. Read by the progress bar from another thread.</summary>
    public long StoredBytes => Interlocked.Read(ref _storedBytes);

    /// <summary>What could not be read, in the order it was met.</summary>
    public IReadOnlyList<InputProblem> Problems => _problems;

    public void AddFile() => Files++;

    public void AddProblem(string input, string reason) => _problems.Add(new(input, reason));

    public void AddStoredBytes(long count) => Interlocked.Add(ref _storedBytes, count);
}
