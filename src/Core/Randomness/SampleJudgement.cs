namespace CipherWatch.Core.Randomness;

/// <summary>The stages after the first: what a sample is, given what its histogram and first bytes say.</summary>
internal static class SampleJudgement
{
    /// <summary>Encodings inside encodings are followed this far; implants nest two.</summary>
    private const int DeepestEncoding = 2;

    /// <summary>Judges a sample.</summary>
    public static PayloadScore Judge(ReadOnlySpan<byte> sample, in PayloadContext context, double threshold, int depth)
    {
        Span<uint> counts = stackalloc uint[ByteHistogram.Cells];
        var first = FirstStage.Judge(sample, context, threshold, counts, out var named);
        if (first.Sampled == 0)
        {
            return new PayloadScore();
        }

        var bits = BitStatistics.Of(counts, sample.Length);
        var score = new PayloadScore
        {
            Length = sample.Length,
            Sampled = sample.Length,
            Entropy = first.Entropy,
            ExpectedEntropy = first.ExpectedEntropy,
            Z = sample.Length < 2 ? null : first.Z,
            Score = sample.Length < 2 ? null : first.Score,
            PrintableShare = (double)first.Printable / sample.Length,
            ChiSquareZ = ChiSquare.Z(counts, sample.Length),
            BitPositions = bits.Positions,
            BitBalanceZ = bits.BalanceZ,
        };
        return first.Outcome switch
        {
            FirstStageOutcome.TooShort => score,
            FirstStageOutcome.Recognised when named!.Kind != SignatureKind.Plain => Named(score, named),
            FirstStageOutcome.Printable => Readable(sample, score, context, threshold, depth),
            FirstStageOutcome.RandomLooking => score with
            {
                Verdict = sample.Length < SampleLengths.Verdict ? PayloadVerdict.Insufficient : PayloadVerdict.Encrypted,
            },
            _ => Structured(sample, score) with { Container = named?.Name },
        };
    }

    private static PayloadScore Named(PayloadScore score, Signature named) => named.Kind == SignatureKind.Protocol
        ? score with { Verdict = PayloadVerdict.Protocol, Protocol = named.Name }
        : score with { Verdict = PayloadVerdict.Compressed, Container = named.Name };

    private static PayloadScore Readable(
        ReadOnlySpan<byte> sample, PayloadScore score, in PayloadContext context, double threshold, int depth)
    {
        if (depth < DeepestEncoding && PayloadEncoding.Find(sample, out var run) is { } encoding)
        {
            Span<byte> decoded = stackalloc byte[EncodedBytes.Most];
            var length = EncodedBytes.Decode(run, encoding, decoded);
            return score with
            {
                Verdict = PayloadVerdict.Encoded,
                Encoding = encoding,
                Decoded = Judge(decoded[..length], new PayloadContext { StartUnseen = context.StartUnseen }, threshold, depth + 1),
            };
        }

        return score with { Verdict = PayloadVerdict.Text };
    }

    private static PayloadScore Structured(ReadOnlySpan<byte> sample, PayloadScore score)
    {
        if (TextShape.IsUtf16(sample))
        {
            return score with { Verdict = PayloadVerdict.Text, Encoding = "utf-16" };
        }

        return score with { Verdict = TextShape.IsUtf8(sample) ? PayloadVerdict.Text : PayloadVerdict.Binary };
    }
}
