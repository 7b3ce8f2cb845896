namespace CipherWatch.Infra.Tests;

/// <summary>Finds the repository's folders from where the tests run, and the shared corpus beside it where there is one.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory, folder => File.Exists(Path.Join(folder, "Functions.sln")))!;

    /// <summary>The shared corpus, or null.</summary>
    public static string? Corpus { get; } =
        Above(Root, folder => Directory.Exists(Path.Join(folder, "shared", "corpus"))) is { } parent ? Path.Join(parent, "shared", "corpus") : null;

    /// <summary>A file or folder of the repository, by its path with slashes.</summary>
    public static string PathOf(string path) => Path.Join(Root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Text of a file of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string? Above(string start, Func<string, bool> holds)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (holds(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
