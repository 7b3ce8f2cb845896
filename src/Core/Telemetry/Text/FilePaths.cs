namespace CipherWatch.Core.Telemetry.Text;

/// <summary>Takes paths of any platform apart; the platform this runs on says nothing of the path's.</summary>
public static class FilePaths
{
    /// <summary>The part behind the last slash or backslash; all of it where there is none.</summary>
    public static string Name(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int separator = path.AsSpan().LastIndexOfAny('\\', '/');
        return separator < 0 ? path : path[(separator + 1)..];
    }

    /// <summary>The UTF-8 bytes behind the last slash or backslash.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> path) => path[(path.LastIndexOfAny((byte)'\\', (byte)'/') + 1)..];
}
