using System.IO.Compression;

namespace CipherWatch.Core.Tests.Telemetry.Network;

/// <summary>Recorded telemetry that stands beside the repository, where it does: tests that need it skip without it.</summary>
internal static class Corpus
{
    private const string Absent = "No recorded telemetry beside the repository (../shared/corpus).";

    /// <summary>The files under a folder of the corpus; the test skips where there is none.</summary>
    public static string[] Files(string folder, string pattern = "*")
    {
        string? root = Root();
        Assert.SkipUnless(root is not null && Directory.Exists(Path.Combine(root, folder)), Absent);
        string[] files = Directory.GetFiles(Path.Combine(root!, folder), pattern, SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>The path of one file of the corpus; the test skips where there is none.</summary>
    public static string File(string path)
    {
        string? root = Root();
        Assert.SkipUnless(root is not null && System.IO.File.Exists(Path.Combine(root, path)), Absent);
        return Path.Combine(root!, path);
    }

    /// <summary>The bytes of a file, decompressed where its name says gzip.</summary>
    public static byte[] Bytes(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return System.IO.File.ReadAllBytes(path);
        }

        using GZipStream unpacked = new(System.IO.File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream bytes = new();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string? Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string corpus = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus))
            {
                return corpus;
            }
        }

        return null;
    }
}
