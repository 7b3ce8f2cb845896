using System.Buffers;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>Which Linux programs may be trusted with a library at all.</summary>
internal static class LinuxPrograms
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    private static readonly string[] WritableFolders = ["/tmp/", "/var/tmp/", "/dev/shm/", "/home/", "/root/", "/run/user/", "/mnt/", "/media/", "/var/www/"];

    private static readonly string[] Interpreters =
    [
        "sh", "bash", "dash", "zsh", "ksh", "fish", "busybox", "python", "perl", "ruby", "php", "node", "lua", "java", "tclsh", "awk", "gawk", "socat", "nc",
    ];

    /// <summary>Whether a package could own both: an interpreter or a shell does whatever its script does, and users write elsewhere.</summary>
    public static bool MayBeTrusted(string image, string library) =>
        image.StartsWith('/') && library.StartsWith('/') && !IsWritable(image) && !IsWritable(library) && !IsInterpreter(FilePaths.Name(image));

    /// <summary>The library in its next version: digits after <c>.so.</c> become <c>*</c>.</summary>
    public static string LibraryPattern(string library)
    {
        int version = library.IndexOf(".so.", StringComparison.Ordinal);
        return version < 0 ? library : library[..(version + 3)] + "*";
    }

    private static bool IsWritable(string path) => Array.Exists(WritableFolders, folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static bool IsInterpreter(string name) => Array.Exists(
        Interpreters, known => name.StartsWith(known, StringComparison.Ordinal) && name.AsSpan(known.Length).IndexOfAnyExcept(VersionCharacters) < 0);
}
