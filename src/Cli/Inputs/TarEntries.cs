using System.Formats.Tar;

namespace CipherWatch.Cli.Inputs;

/// <summary>The entries of a tar archive, in its order.</summary>
internal static class TarEntries
{
    /// <summary>Hands each file on.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="EndOfStreamException">It was cut short.</exception>
    public static void Read(Stream archive, Action<Func<Stream>, string> entry)
    {
        using TarReader reader = new(archive, leaveOpen: true);
        while (reader.GetNextEntry() is { } file)
        {
            // Folders, links and devices have no content of their own.
            if (file.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile
                && file.DataStream is { } bytes)
            {
                entry(() => bytes, file.Name);
            }
        }
    }
}
