using CipherWatch.Core.Detections.Analytics.An0401Linux;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>Which Linux programs may be trusted with a library at all.</summary>
internal static class LinuxPrograms
{
    /// <summary>
    /// Whether a package could own both: an interpreter or a shell does whatever its script does, and users write elsewhere.
    /// </summary>
    public static bool MayBeTrusted(string image, string library) =>
        library.StartsWith('/') && LinuxImages.MayBeTrusted(image) && !LinuxImages.IsOfUsers(library);

    /// <summary>The library in its next version: digits after <c>.so.</c> become <c>*</c>.</summary>
    public static string LibraryPattern(string library)
    {
        int version = library.IndexOf(".so.", StringComparison.Ordinal);
        return version < 0 ? library : library[..(version + 3)] + "*";
    }
}
