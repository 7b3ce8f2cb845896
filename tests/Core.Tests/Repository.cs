namespace CipherWatch.Core.Tests;

/// <summary>Finds the repository's folders from where the tests run, and the shared corpus beside it where there is one.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory, folder => File.Exists(Path.Combine(folder, "Functions.sln")))!;

    /// <summary>The shared corpus, or null.</summary>
    public static string? Corpus { get; } =
        Above(Root, folder => Directory.Exists(Path.Combine(folder, "shared", "corpus"))) is { } parent ? Path.Combine(parent, "shared", "corpus") : null;

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
