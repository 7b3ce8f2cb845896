using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux;

/// <summary>Tells shared libraries of Linux from other files by their names.</summary>
internal static class LibraryNames
{
    /// <summary>The name ends in <c>.so</c>, or has a version behind it.</summary>
    public static bool IsLibrary(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = FilePaths.Name(path);
        int at = name.LastIndexOf(".so"u8);
        return at > 0 && (at + 3 == name.Length || name[at + 3] == (byte)'.') && !name.EndsWith(".conf"u8) && !name.EndsWith(".cache"u8);
    }
}
