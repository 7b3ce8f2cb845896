using System.IO.Compression;
using CipherWatch.Cli.Inputs;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Captures;

namespace CipherWatch.Cli.Scoring;

/// <summary>Scores one input: the flows of a packet capture, plain or compressed with gzip, or else the bytes as they are.</summary>
internal static class ScoredInput
{
    /// <summary>Bytes looked at to tell what an input is; a gzip header with a file name fits in.</summary>
    private const int HeadBytes = 4_096;

    private const int MagicBytes = 4;

    /// <summary>One row, or one a flow.</summary>
    /// <param name="stream">The input.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="fault">Why it could not be read to its end; null where it was.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public static IReadOnlyList<ScoredSample> Score(Stream stream, string name, out string? fault, CancellationToken cancellationToken)
    {
        fault = null;
        using PeekStream peeked = new(stream);
        ReadOnlySpan<byte> head = peeked.Peek(HeadBytes);
        if (CaptureReader.IsCapture(head))
        {
            return CaptureSamples.Score(peeked, name, out fault, cancellationToken);
        }

        if (ContainerKinds.Of(head, out _) == ContainerKind.Gzip && HoldsCapture(head))
        {
            using SalvagingStream plain = SalvagingStream.Gzip(peeked);
            return CaptureSamples.Score(plain, name, out fault, cancellationToken);
        }

        return [FileSample.Score(peeked, name, cancellationToken)];
    }

    private static bool HoldsCapture(ReadOnlySpan<byte> head)
    {
        try
        {
            using MemoryStream compressed = new(head.ToArray());
            using GZipStream plain = new(compressed, CompressionMode.Decompress);
            byte[] magic = new byte[MagicBytes];
            return plain.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false) == MagicBytes && CaptureReader.IsCapture(magic);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
