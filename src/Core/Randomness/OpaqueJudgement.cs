using CipherWatch.Core.Randomness.Encodings;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Randomness;

/// <summary>The last stages: samples that nothing names and that are not readable.</summary>
internal static class OpaqueJudgement
{
    /// <summary>
    /// Chi-square, in deviations, from which a random-looking sample is read for XOR: a long key over text leaves more
    /// equal bytes than chance (chi-square 2 to 8 at 512 B under 32 bytes of key), and 16 % of ciphertext pays for a look at
    /// its columns.
    /// </summary>
    private const double XorChiSquareZ = 1;

    /// <summary>Entropy, as a share of the expected, from which bytes that fail the score can still be compressed.</summary>
    private const double CompressedEntropyShare = 0.9;

    /// <summary>Judges a sample whose entropy is that of random bytes.</summary>
    public static PayloadScore RandomLooking(
        ReadOnlySpan<byte> sample, PayloadScore score, in PayloadContext context, double threshold, int depth)
    {
        score = score with { CompressionZ = CompressionEvidence.Z(sample, score.BitBalanceZ!.Value) };
        if (sample.Length < SampleLengths.Verdict)
        {
            return score;
        }

        if (score.BitPositions > JointThresholds.BitPositions || IsTooEven(score)
            || PrintableBytes.LongestRun(sample) >= JointThresholds.PrintableRun)
        {
            return Structured(sample, score, context, threshold, depth);
        }

        if (!IsTooEven(score) && BlockRepeats.Count(sample, out int block) is > 0 and var repeats)
        {
            // A key of 8, 16 or 24 bytes over a text that repeats itself repeats blocks too.
            return ReadXor(sample, ref score) ? score
                : score with { Verdict = PayloadVerdict.Encrypted, EcbRepeats = repeats, BlockMultiple = block };
        }

        if (CompressedStart(sample, context) is { } container)
        {
            return score with { Verdict = PayloadVerdict.Compressed, Container = container };
        }

        if (score.ChiSquareZ > XorChiSquareZ && ReadXor(sample, ref score))
        {
            return score;
        }

        // The zeros of length prefixes look like compression to the bit windows: a little in each sample, and in the sum of many so much
        // that ciphertext passes for compressed. Where they are certain, the content's own statistics stand for the sample.
        return Unframed(sample, context, threshold, depth) ?? score with
        {
            Verdict = score.CompressionZ <= JointThresholds.Compression ? PayloadVerdict.Encrypted : PayloadVerdict.Compressed,
        };
    }

    /// <summary>Judges a sample that is less random than ciphertext.</summary>
    public static PayloadScore Structured(
        ReadOnlySpan<byte> sample, PayloadScore score, in PayloadContext context, double threshold, int depth)
    {
        if (TextShape.IsUtf16(sample))
        {
            return score with { Verdict = PayloadVerdict.Text, Encoding = "utf-16" };
        }

        if (TextShape.IsUtf8(sample))
        {
            return score with { Verdict = PayloadVerdict.Text };
        }

        score = score with { CompressionZ = CompressionEvidence.Z(sample, score.BitBalanceZ!.Value) };
        if (sample.Length < SampleLengths.Verdict)
        {
            return score with { Verdict = PayloadVerdict.Binary };
        }

        if (!IsTooEven(score) && BlockRepeats.Count(sample, out int block) is > 0 and var repeats)
        {
            // A key of 8, 16 or 24 bytes over a text that repeats itself repeats blocks too.
            return ReadXor(sample, ref score) ? score
                : score with { Verdict = PayloadVerdict.Encrypted, EcbRepeats = repeats, BlockMultiple = block };
        }

        if (CompressedStart(sample, context) is { } container)
        {
            return score with { Verdict = PayloadVerdict.Compressed, Container = container };
        }

        if (ReadXor(sample, ref score))
        {
            return score;
        }

        if (Unframed(sample, context, threshold, depth) is { } content)
        {
            return content;
        }

        bool dense = !IsTooEven(score) && score.Entropy >= CompressedEntropyShare * score.ExpectedEntropy;
        return score with
        {
            Verdict = dense && score.CompressionZ > JointThresholds.Compression ? PayloadVerdict.Compressed : PayloadVerdict.Binary,
        };
    }

    /// <summary>
    /// The judgement of a sample's frames without their length prefixes, where that is ciphertext: the content's own
    /// statistics then stand for the sample.
    /// </summary>
    private static PayloadScore? Unframed(ReadOnlySpan<byte> sample, in PayloadContext context, double threshold, int depth)
    {
        PayloadContext unseen = new PayloadContext { StartUnseen = true };
        return depth < SampleJudgement.Deepest
            && LengthFraming.Strip(sample, FieldReading.Whole(sample, context)) is { Length: >= SampleLengths.Verdict } content
            && MayBeEncrypted(content, unseen, threshold)
            && SampleJudgement.Judge(content, unseen, threshold, SampleJudgement.Deepest) is { Verdict: PayloadVerdict.Encrypted } inner
            ? inner with { Length = sample.Length }
            : null;
    }

    /// <summary>Whether the first look allows that verdict, which spares structured content the other tests.</summary>
    private static bool MayBeEncrypted(ReadOnlySpan<byte> content, in PayloadContext context, double threshold) =>
        FirstStage.Judge(content, context, threshold).Outcome switch
        {
            FirstStageOutcome.RandomLooking => true,
            FirstStageOutcome.Structured => BlockRepeats.Count(content, out _) > 0,
            _ => false,
        };

    /// <summary>Whether every byte value comes about equally often, as in a counter: random bytes are never that even.</summary>
    private static bool IsTooEven(PayloadScore score) => score.ChiSquareZ < JointThresholds.EvenChiSquareZ;

    /// <summary>Compression that has no magic but shows at a stream's start.</summary>
    private static string? CompressedStart(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.StartUnseen ? null
        : DeflateHeader.Read(sample) == DeflateStart.Dynamic ? "deflate"
        : PrefixedContainer.Find(sample);

    /// <summary>Reads a sample for a repeating key, and makes the finding the verdict.</summary>
    public static bool ReadXor(ReadOnlySpan<byte> sample, ref PayloadScore score)
    {
        if (!XorRule.MayRead(score))
        {
            return false;
        }

        XorReading reading = RepeatingXor.Read(sample);
        score = score with { XorEvidence = reading.KeyLength == 0 ? null : reading.Evidence };
        if (!XorRule.IsFinding(reading, Math.Min(sample.Length, RepeatingXor.Window))
            || FieldWalk.Fits(sample[..Math.Min(sample.Length, RepeatingXor.Window)]))
        {
            return false;
        }

        score = score with { Verdict = PayloadVerdict.Xor, XorKeyLength = reading.KeyLength };
        return true;
    }
}
