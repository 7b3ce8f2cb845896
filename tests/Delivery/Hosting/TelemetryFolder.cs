using System.IO.Compression;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>A folder of telemetry as bodies to post: a folder of it is a family of sources.</summary>
internal static class TelemetryFolder
{
    /// <summary>Lines of a body, where the lines of a file stand alone.</summary>
    private const int MaxLines = 1_000;

    /// <summary>Bytes of a body: the app takes 8 MiB.</summary>
    private const int MaxBytes = 6 << 20;

    private static readonly (string Folder, string Source)[] Families =
        [("windows", "windows"), ("linux", "linux"), ("macos", "macos"), ("esxi", "esxi"), (Path.Join("nsm", "zeek"), "network")];

    /// <summary>The bodies, file by file in the order of their names.</summary>
    public static IReadOnlyList<Post> Posts(string folder) =>
    [
        .. from family in Families
           where Directory.Exists(Path.Join(folder, family.Folder))
           from file in Directory.GetFiles(Path.Join(folder, family.Folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           from body in Bodies(Content(file))
           select new Post(family.Source, body),
    ];

    private static byte[] Content(string file)
    {
        using Stream stream = File.OpenRead(file);
        using Stream content = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using MemoryStream whole = new();
        content.CopyTo(whole);
        return whole.ToArray();
    }

    /// <summary>A file whose lines stand alone in pieces, each with the header of a log that has one; any other as it is.</summary>
    private static IEnumerable<byte[]> Bodies(byte[] content)
    {
        if (!StandAlone(content))
        {
            if (content.Length > 0)
            {
                yield return content;
            }

            yield break;
        }

        int start = 0;
        while (start < content.Length && content[start] == (byte)'#')
        {
            start = EndOfLine(content, start);
        }

        byte[] header = content[..start];
        while (start < content.Length)
        {
            int end = start;
            for (int lines = 0; lines < MaxLines && end < content.Length && end - start < MaxBytes; lines++)
            {
                end = EndOfLine(content, end);
            }

            yield return [.. header, .. content[start..end]];
            start = end;
        }
    }

    /// <summary>JSON of one record a line, text that begins with no bracket, or a log with a header; not a document or binary.</summary>
    private static bool StandAlone(byte[] content)
    {
        ReadOnlySpan<byte> first = content.AsSpan(0, EndOfLine(content, 0)).Trim(" \r\n\t"u8);
        return !content.AsSpan().Contains((byte)0) && first.Length > 0
            && (first[0] == (byte)'{' ? first[^1] == (byte)'}' : first[0] is not ((byte)'<' or (byte)'['));
    }

    private static int EndOfLine(byte[] content, int from)
    {
        int at = content.AsSpan(from).IndexOf((byte)'\n');
        return at < 0 ? content.Length : from + at + 1;
    }
}
