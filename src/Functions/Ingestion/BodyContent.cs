using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CipherWatch.Functions.Ingestion;

/// <summary>The content of an event or request: decompressed where it is gzip or zip, within a bound.</summary>
internal static class BodyContent
{
    /// <summary>How often content may be compressed: a zip of gzip files, no more.</summary>
    private const int MaxDepth = 2;

    /// <summary>Files of an archive that are read.</summary>
    private const int MaxFiles = 1_000;

    private const int BufferBytes = 64 << 10;

    /// <summary>Whether content is compressed.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> content) => content is [0x1f, 0x8b, ..] || IsZip(content);

    /// <summary>Reads a body.</summary>
    /// <param name="raw">Its bytes as they came.</param>
    /// <param name="maxBytes">Longest content after decompression, bytes.</param>
    /// <param name="read">Takes the content, or that of each file in turn.</param>
    /// <returns>Why it cannot be read to its end, for a person; null where it was.</returns>
    public static string? Read(ReadOnlyMemory<byte> raw, int maxBytes, Action<ReadOnlyMemory<byte>> read)
    {
        Expansion expansion = new(maxBytes, read);
        try
        {
            return expansion.Read(raw, MaxDepth);
        }
        catch (InvalidDataException)
        {
            return "gzip or zip that is broken or cut short.";
        }
        catch (Exception exception) when (exception is NotSupportedException or EndOfStreamException)
        {
            return "zip in a way of compression or encryption that is not read: send gzip.";
        }
    }

    private static bool IsZip(ReadOnlySpan<byte> content) =>
        content is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    private sealed class Expansion(int maxBytes, Action<ReadOnlyMemory<byte>> read)
    {
        private long _bytes;

        public string? Read(ReadOnlyMemory<byte> content, int depth)
        {
            if (!IsCompressed(content.Span))
            {
                read(content);
                return null;
            }

            if (depth == 0)
            {
                return $"Compressed more than {MaxDepth} times.";
            }

            using MemoryStream compressed = Over(content);
            if (IsZip(content.Span))
            {
                return ReadFiles(compressed, depth);
            }

            using GZipStream gzip = new(compressed, CompressionMode.Decompress);
            return Expand(gzip, depth);
        }

        private string? ReadFiles(MemoryStream compressed, int depth)
        {
            using ZipArchive archive = new(compressed, ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxFiles)
            {
                return $"zip of more than {MaxFiles} files: send it in smaller pieces.";
            }

            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using Stream file = entry.Open();
                if (Expand(file, depth) is { } reason)
                {
                    return reason;
                }
            }

            return null;
        }

        /// <summary>Reads a stream, whatever length it claims to have.</summary>
        private string? Expand(Stream stream, int depth)
        {
            using MemoryStream expanded = new();
            byte[] buffer = new byte[BufferBytes];
            while (stream.Read(buffer) is > 0 and var length)
            {
                _bytes += length;
                if (_bytes > maxBytes)
                {
                    return $"More than {maxBytes >> 20} MiB after decompression: send it in smaller pieces.";
                }

                expanded.Write(buffer, 0, length);
            }

            return Read(expanded.GetBuffer().AsMemory(0, (int)expanded.Length), depth - 1);
        }

        private static MemoryStream Over(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out ArraySegment<byte> array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(content.ToArray(), writable: false);
    }
}
