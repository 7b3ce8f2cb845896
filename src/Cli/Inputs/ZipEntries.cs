using System.IO.Compression;

namespace CipherWatch.Cli.Inputs;

/// <summary>The entries of a whole zip file, in the order of its directory.</summary>
internal static class ZipEntries
{
    /// <summary>Opens a zip file; null when it has no directory, which is so where it was cut short.</summary>
    public static ZipArchive? TryOpen(Stream file)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new(file, ZipArchiveMode.Read, leaveOpen: true);

            // The directory is read on first use.
            _ = archive.Entries.Count;
            return archive;
        }
        catch (InvalidDataException)
        {
            archive?.Dispose();
            return null;
        }
    }

    /// <summary>Hands each file on.</summary>
    public static void Read(ZipArchive archive, Action<Func<Stream>, string> entry, Action<string> problem)
    {
        foreach (ZipArchiveEntry file in archive.Entries)
        {
            if (file.FullName.EndsWith('/'))
            {
                continue;
            }

            if (file.IsEncrypted)
            {
                problem($"entry '{file.FullName}' is encrypted: extract it with its password first.");
                continue;
            }

            entry(file.Open, file.FullName);
        }
    }
}
