using System.Runtime.CompilerServices;
using CipherWatch.Core.Randomness.Encodings;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Randomness;

/// <summary>What a sample is, given its first stage: names and readable bytes here, the rest in <see cref="OpaqueJudgement"/>.</summary>
internal static class SampleJudgement
{
    /// <summary>Encodings inside encodings or bodies are followed this far; implants nest two.</summary>
    public const int Deepest = 3;

    /// <summary>Judges a sample.</summary>
    [SkipLocalsInit]
    public static PayloadScore Judge(ReadOnlySpan<byte> sample, in PayloadContext context, double threshold, int depth)
    {
        Span<uint> counts = stackalloc uint[ByteHistogram.Cells];
        FirstStage first = FirstStage.Judge(sample, context, threshold, counts, out Signature? named);
        if (first.Sampled == 0)
        {
            return new PayloadScore();
        }

        BitStatistics bits = BitStatistics.Of(counts, sample.Length);
        PayloadScore score = new PayloadScore
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
            SerialCorrelation = SerialCorrelation.Of(sample),
        };
        return first.Outcome switch
        {
            FirstStageOutcome.TooShort => score,
            FirstStageOutcome.Recognised when named!.Kind == SignatureKind.Protocol =>
                Protocol(sample, score, named.Name, threshold, depth),
            FirstStageOutcome.Recognised when named!.Kind == SignatureKind.Container =>
                score with { Verdict = PayloadVerdict.Compressed, Container = named.Name },
            FirstStageOutcome.Recognised => score with { Verdict = PayloadVerdict.Binary, Container = named!.Name },
            FirstStageOutcome.Printable => Readable(sample, counts, score, context, threshold, depth),
            FirstStageOutcome.RandomLooking => OpaqueJudgement.RandomLooking(sample, score, context, threshold, depth),
            _ => OpaqueJudgement.Structured(sample, score, context, threshold, depth),
        };
    }

    private static PayloadScore Protocol(ReadOnlySpan<byte> sample, PayloadScore score, string name, double threshold, int depth)
    {
        score = score with { Verdict = PayloadVerdict.Protocol, Protocol = name };
        return depth < Deepest && BodyJudgement.Of(name, sample, threshold, depth) is { } body ? score with { Body = body } : score;
    }

    [SkipLocalsInit]
    private static PayloadScore Readable(
        ReadOnlySpan<byte> sample, ReadOnlySpan<uint> counts, PayloadScore score, in PayloadContext context, double threshold, int depth)
    {
        if (depth >= Deepest || PayloadEncoding.Find(sample, out ReadOnlySpan<byte> run) is not { } encoding)
        {
            return XorRule.MayReadPrintable(score, counts, sample) && OpaqueJudgement.ReadXor(sample, ref score)
                ? score
                : score with { Verdict = PayloadVerdict.Text };
        }

        Span<byte> decoded = stackalloc byte[EncodedBytes.MaxDecoded];
        int length = EncodedBytes.Decode(run, encoding, decoded);
        return score with
        {
            Verdict = PayloadVerdict.Encoded,
            Encoding = encoding,
            Decoded = Judge(decoded[..length], new PayloadContext { StartUnseen = context.StartUnseen }, threshold, depth + 1),
        };
    }
}
