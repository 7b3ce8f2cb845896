namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Opens files to write.</summary>
internal static class FileStreams
{
    private const int BufferBytes = 1 << 16;

    /// <summary>A new file of a folder; one of the same name is written over.</summary>
    public static Stream Create(string folder, string name) =>
        new FileStream(Path.Join(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
}
