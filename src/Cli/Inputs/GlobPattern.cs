using System.IO.Enumeration;

namespace CipherWatch.Cli.Inputs;

/// <summary>Finds files by a pattern with <c>*</c>, <c>?</c> and <c>**</c>, for shells that leave patterns to the program.</summary>
internal static class GlobPattern
{
    private const string AnyDepth = "**";
    private static readonly bool IgnoreCase = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    /// <summary>Whether a path is a pattern.</summary>
    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>Paths that match, files and folders, in ordinal order; empty when nothing does.</summary>
    public static IReadOnlyList<string> Find(string pattern)
    {
        string normal = OperatingSystem.IsWindows() ? pattern.Replace('\\', '/') : pattern;
        string[] segments = normal.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string start = normal.StartsWith('/') ? "/" : string.Empty;
        SortedSet<string> found = new(StringComparer.Ordinal);
        Match(start, segments, found);
        return [.. found];
    }

    private static void Match(string folder, ReadOnlySpan<string> segments, SortedSet<string> found)
    {
        if (segments.IsEmpty)
        {
            found.Add(folder);
            return;
        }

        string segment = segments[0];
        if (!IsPattern(segment))
        {
            string path = Path.Join(folder, segment);
            if (Path.Exists(path))
            {
                Match(path, segments[1..], found);
            }

            return;
        }

        // A trailing "**" means every file below, whatever its depth.
        bool everything = segment == AnyDepth && segments.Length == 1;
        if (segment == AnyDepth && !everything)
        {
            Match(folder, segments[1..], found);
        }

        foreach (string entry in Entries(folder))
        {
            bool isFolder = Directory.Exists(entry);
            if (segment == AnyDepth)
            {
                if (isFolder)
                {
                    Match(entry, segments, found);
                }
                else if (everything)
                {
                    found.Add(entry);
                }
            }
            else if (FileSystemName.MatchesSimpleExpression(segment, Path.GetFileName(entry), IgnoreCase)
                && (isFolder || segments.Length == 1))
            {
                Match(entry, segments[1..], found);
            }
        }
    }

    private static string[] Entries(string folder)
    {
        try
        {
            string[] entries = Directory.GetFileSystemEntries(folder.Length == 0 ? "." : folder);

            // "./a" for a pattern that said "a*" would only surprise.
            return folder.Length == 0 ? [.. entries.Select(Path.GetFileName).OfType<string>()] : entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
