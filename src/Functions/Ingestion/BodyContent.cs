using System.IO.Compression;

namespace CipherWatch.Functions.Ingestion;

/// <summary>The bytes of an event or request as text telemetry: decompressed where they are gzip.</summary>
internal static class BodyContent
{
    /// <summary>
    /// Longest body after decompression, bytes: what a 1 MB event or an 8 MiB request expands to at 8:1, log text's usual ratio.
    /// </summary>
    public const int MaxExpandedBytes = 64 << 20;

    private const int BufferBytes = 64 << 10;

    /// <summary>Decompresses a body where it needs it.</summary>
    /// <param name="raw">Its bytes as they came.</param>
    /// <param name="body">Its content; empty where it returns false.</param>
    /// <param name="reason">Why it cannot be read, for a person; null where it can.</param>
    public static bool TryRead(ReadOnlyMemory<byte> raw, out ReadOnlyMemory<byte> body, out string? reason)
    {
        reason = null;
        body = raw;
        if (raw.Span is not [0x1f, 0x8b, ..])
        {
            return true;
        }

        try
        {
            using MemoryStream compressed = new(raw.ToArray(), writable: false);
            using GZipStream gzip = new(compressed, CompressionMode.Decompress);
            using MemoryStream expanded = new();
            byte[] buffer = new byte[BufferBytes];
            while (gzip.Read(buffer) is > 0 and var read)
            {
                if (expanded.Length + read > MaxExpandedBytes)
                {
                    reason = $"gzip of more than {MaxExpandedBytes >> 20} MiB: send it in smaller pieces.";
                    body = default;
                    return false;
                }

                expanded.Write(buffer, 0, read);
            }

            body = expanded.GetBuffer().AsMemory(0, (int)expanded.Length);
            return true;
        }
        catch (InvalidDataException)
        {
            reason = "gzip that is broken or cut short.";
            body = default;
            return false;
        }
    }
}
