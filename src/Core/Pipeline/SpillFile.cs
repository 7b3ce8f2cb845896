namespace CipherWatch.Core.Pipeline;

/// <summary>
/// Temporary files for what a run holds above its bounds. They have no name that matters, and are gone when they are closed.
/// </summary>
internal static class SpillFile
{
    private const int BufferBytes = 64 << 10;

    /// <summary>An empty file, open for reading and writing by this process alone.</summary>
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferBytes,
            Options = FileOptions.DeleteOnClose,
        });
}
