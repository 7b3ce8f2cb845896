namespace CipherWatch.Infra.Tests.Tools;

/// <summary>A copy of a folder to break on purpose, deleted afterwards.</summary>
internal sealed class TemporaryCopy : IDisposable
{
    /// <summary>Copies a folder of the repository.</summary>
    public TemporaryCopy(string path)
    {
        Root = Directory.CreateTempSubdirectory("cipherwatch-").FullName;
        string source = Repository.PathOf(path);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Join(Root, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Where the copy is.</summary>
    public string Root { get; }

    /// <summary>Replaces text in a file of the copy; it must be there.</summary>
    public void Replace(string file, string text, string by)
    {
        string path = PathOf(file);
        string content = File.ReadAllText(path);
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(path, content.Replace(text, by, StringComparison.Ordinal));
    }

    /// <summary>A file of the copy.</summary>
    public string PathOf(string file) => Path.Join(Root, file.Replace('/', Path.DirectorySeparatorChar));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
