using CipherWatch.Core.Randomness;

namespace CipherWatch.Cli.Scoring;

/// <summary>Scores the bytes of one file.</summary>
internal static class FileSample
{
    private const int SkipBytes = 128 << 10;

    /// <summary>Scores what a stream holds: its first bytes, as many as one sample has, and its whole length.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ScoredSample Score(Stream stream, string name, CancellationToken cancellationToken)
    {
        byte[] sample = new byte[SampleLengths.MaxScored];
        int held = stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        long length = held;
        if (held == sample.Length)
        {
            byte[] rest = new byte[SkipBytes];
            for (int read = stream.Read(rest); read > 0; read = stream.Read(rest))
            {
                cancellationToken.ThrowIfCancellationRequested();
                length += read;
            }
        }

        PayloadContext context = new() { PayloadLength = (int)Math.Min(length, int.MaxValue) };
        return new(name, null, PayloadScorer.Score(sample.AsSpan(0, held), context), null);
    }
}
