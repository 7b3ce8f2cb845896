using System.IO.Compression;
using System.Text;
using CipherWatch.Cli.Runs;

namespace CipherWatch.Cli.Inputs;

/// <summary>
/// Tells what CipherWatch wrote from telemetry, by its first bytes: a folder of an incident holds last week's detections too, and they
/// are none of its logs. A file that the command line names is read whatever it is.
/// </summary>
internal static class OwnOutputs
{
    private const int HeadBytes = 2048;

    /// <summary>What it is, in the plural; null where it is none of ours.</summary>
    public static string? KindOf(FileInfo file)
    {
        if (file.Name == SettingsPlaces.FileName)
        {
            return "settings of CipherWatch";
        }

        string head = Head(file.FullName);
        return head.StartsWith("{\"detectionId\":\"", StringComparison.Ordinal) && HasAll(head, "\"analyticId\":")
                ? "detections of CipherWatch"
            : head.StartsWith("{\"id\":\"", StringComparison.Ordinal)
                && HasAll(head, "\"time\":\"", "\"source\":\"", "\"platform\":\"", "\"kind\":\"")
                ? "observations of CipherWatch"
            : head.StartsWith("{\"file\":", StringComparison.Ordinal)
                && HasAll(head, "\"line\":", "\"offset\":", "\"source\":", "\"reason\":")
                ? "dead letters of CipherWatch"
            : head.StartsWith("{\"files\":", StringComparison.Ordinal) && HasAll(head, "\"records\":", "\"observed\":", "\"deadLettered\":")
                ? "summaries of CipherWatch"
            : head.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal) && HasAll(head, "<title>CipherWatch report</title>")
                ? "reports of CipherWatch"
            : head.StartsWith("{\n  // Proposed from telemetry", StringComparison.Ordinal) ? "settings of CipherWatch"
            : null;
    }

    private static bool HasAll(string text, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (!text.Contains(part, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first bytes as text, through gzip; nothing of a file that cannot be read: whoever reads it says why.</summary>
    private static string Head(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, HeadBytes);
            if (!file.CanSeek)
            {
                return string.Empty;
            }

            byte[] head = new byte[HeadBytes];
            int length = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
            if (length > 2 && head[0] == 0x1f && head[1] == 0x8b)
            {
                file.Position = 0;
                using GZipStream gzip = new(file, CompressionMode.Decompress);
                length = gzip.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
            }

            return Encoding.Latin1.GetString(head, 0, length);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
