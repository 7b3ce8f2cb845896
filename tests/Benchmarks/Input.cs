using System.IO.Compression;
using CipherWatch.Benchmarks.Synthetic;

namespace CipherWatch.Benchmarks;

/// <summary>Bytes to measure over.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="IsJson">Whether a token pass can read them.</param>
internal sealed record Input(string Name, byte[] Bytes, bool IsJson)
{
    private const int Events = 20_000;

    /// <summary>The given files, or the synthetic day in every rendering.</summary>
    public static IEnumerable<Input> All(IReadOnlyList<string> paths) => paths.Count > 0
        ? paths.Select(File)
        : Renderings.All.Select(rendering => new Input(rendering.Name, Renderings.Render(rendering.Write, SyntheticDay.Events(Events)), rendering.IsJson));

    private static Input File(string path)
    {
        using Stream file = System.IO.File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using MemoryStream bytes = new();
        plain.CopyTo(bytes);
        byte[] content = bytes.ToArray();
        return new(Path.GetFileName(path), content, !content.AsSpan().TrimStart(" \r\n\t\uFEFF"u8).StartsWith("<"u8));
    }
}
