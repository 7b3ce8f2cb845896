namespace CipherWatch.Cli.Inputs;

/// <summary>A stream's bytes in a temporary file that is gone when it is closed.</summary>
internal static class SpooledFile
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Copies a stream to its end, or to where it is cut short: what came before can still be of use.</summary>
    public static FileStream Of(Stream stream, CancellationToken cancellationToken)
    {
        string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        FileStream file = new(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose);
        try
        {
            byte[] buffer = new byte[BufferBytes];
            while (TryRead(stream, buffer, out int read))
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.Write(buffer, 0, read);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool TryRead(Stream stream, byte[] buffer, out int read)
    {
        try
        {
            read = stream.Read(buffer);
            return read > 0;
        }
        catch (InvalidDataException)
        {
            // The zip file lacks its end then, and is reported for that.
            read = 0;
            return false;
        }
    }
}
