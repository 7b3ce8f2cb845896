using System.Text;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness;

public class PayloadScorerTests
{
    [Property(MaxTest = 150)]
    public bool Any_bytes_have_a_score_and_none_throws(byte[] sample, bool startSeen, byte repeat)
    {
        byte[] bytes = Enumerable.Repeat(sample, 1 + (repeat % 12)).SelectMany(b => b).ToArray();
        PayloadScore score = PayloadScorer.Score(bytes, startSeen);
        return score.Length == bytes.Length
            && score.Score is null or (>= 0 and <= 8)
            && score.Entropy is >= 0 and <= 8
            && (bytes.Length >= 64 || score.Verdict != PayloadVerdict.Encrypted);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(1460)]
    public void Score_of_ciphertext_reaches_the_default_threshold_in_all_but_one_percent(int length)
    {
        const int Samples = 2000;
        int lost = Enumerable.Range(0, Samples).Count(i => FirstStage.Judge(SampleBytes.Cipher(length, i)).Score < LengthCorrected.DefaultThreshold);

        // 1.2 % and three standard errors; at least some must be lost, or the scale has moved.
        Assert.InRange(lost, 1, (Samples * 0.012) + (3 * Math.Sqrt(Samples * 0.012)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(63)]
    public void Short_ciphertext_is_insufficient(int length) =>
        Assert.Equal(PayloadVerdict.Insufficient, PayloadScorer.Score(SampleBytes.Cipher(length, 3)).Verdict);

    [Fact]
    public void Ciphertext_of_512_bytes_is_encrypted()
    {
        PayloadScore score = PayloadScorer.Score(SampleBytes.Cipher(512, 9));

        Assert.Equal(PayloadVerdict.Encrypted, score.Verdict);
        Assert.True(score.IsRandomLooking());
        Assert.Equal(7.5904, score.ExpectedEntropy!.Value, 0.0001);
        Assert.Null(score.Protocol);
    }

    [Fact]
    public void Text_is_text_in_ascii_utf8_and_utf16()
    {
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.Score(SampleBytes.English(400)).Verdict);
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.Score(SampleBytes.Json(400)).Verdict);
        byte[] russian = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Все счастливые семьи похожи друг на друга. ", 10)));
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.Score(russian.AsSpan(1)).Verdict);
        byte[] wide = Encoding.Unicode.GetBytes(Encoding.ASCII.GetString(SampleBytes.English(300)));
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.Score(wide).Verdict);
        Assert.Equal("utf-16", PayloadScorer.Score(wide).Encoding);
    }

    [Theory]
    [InlineData("base64")]
    [InlineData("base64url")]
    [InlineData("base32")]
    [InlineData("hex")]
    public void Encoded_ciphertext_is_named_decoded_and_scored(string encoding)
    {
        byte[] secret = SampleBytes.Cipher(300, 5);
        string text = encoding switch
        {
            "base64" => Convert.ToBase64String(secret, Base64FormattingOptions.InsertLineBreaks),
            "base64url" => Convert.ToBase64String(secret).Replace('+', '-').Replace('/', '_'),
            "hex" => Convert.ToHexString(secret),
            _ => Base32(secret),
        };

        PayloadScore score = PayloadScorer.Score(Encoding.ASCII.GetBytes(text));

        Assert.Equal(PayloadVerdict.Encoded, score.Verdict);
        Assert.Equal(encoding, score.Encoding);
        Assert.Equal(PayloadVerdict.Encrypted, score.Decoded!.Verdict);
        Assert.Equal(300, score.Decoded.Sampled);
    }

    [Fact]
    public void Encoded_text_decodes_to_text_and_nesting_is_followed()
    {
        string once = Convert.ToBase64String(SampleBytes.English(300));
        string twice = Convert.ToBase64String(Encoding.ASCII.GetBytes(once));

        PayloadScore score = PayloadScorer.Score(Encoding.ASCII.GetBytes(twice));

        Assert.Equal(PayloadVerdict.Encoded, score.Decoded!.Verdict);
        Assert.Equal(PayloadVerdict.Text, score.Decoded.Decoded!.Verdict);
    }

    [Fact]
    public void A_long_encoded_value_inside_json_is_found()
    {
        string json = "{\"type\":\"task\",\"data\":\"" + Convert.ToBase64String(SampleBytes.Cipher(300, 6)) + "\"}";

        PayloadScore score = PayloadScorer.Score(Encoding.ASCII.GetBytes(json));

        Assert.Equal("base64", score.Encoding);
        Assert.Equal(PayloadVerdict.Encrypted, score.Decoded!.Verdict);
    }

    [Fact]
    public void A_histogram_scores_as_its_bytes_do()
    {
        byte[] sample = SampleBytes.Cipher(512, 2);
        uint[] counts = new uint[256];
        ByteHistogram.Count(sample, counts);

        PayloadScore score = PayloadScorer.ScoreHistogram(counts);

        Assert.Equal(PayloadVerdict.Encrypted, score.Verdict);
        Assert.Equal(PayloadScorer.Score(sample).Score, score.Score);
        Assert.Equal(512, score.Length);
        Assert.Throws<ArgumentException>(() => PayloadScorer.ScoreHistogram(new uint[255]));
    }

    [Fact]
    public void A_histogram_of_text_is_text_and_of_skewed_bytes_binary()
    {
        uint[] counts = new uint[256];
        ByteHistogram.Count(SampleBytes.English(512), counts);
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.ScoreHistogram(counts).Verdict);

        counts = new uint[256];
        counts[0] = 400;
        counts[200] = 112;
        Assert.Equal(PayloadVerdict.Binary, PayloadScorer.ScoreHistogram(counts).Verdict);
    }

    [Fact]
    public void An_exporters_figure_needs_its_length()
    {
        PayloadScore alone = PayloadScorer.ScoreEntropy(7.9);
        Assert.Null(alone.Score);
        Assert.Equal(PayloadVerdict.Insufficient, alone.Verdict);
        Assert.False(alone.IsRandomLooking());

        Assert.Equal(PayloadVerdict.Encrypted, PayloadScorer.ScoreEntropy(7.59, 512).Verdict);
        Assert.Equal(PayloadVerdict.Insufficient, PayloadScorer.ScoreEntropy(7.3, 512).Verdict);
        Assert.Equal(PayloadVerdict.Insufficient, PayloadScorer.ScoreEntropy(double.NaN, 512).Verdict);
    }

    [Fact]
    public void The_scale_is_the_settings_one()
    {
        Assert.Equal(8, LengthCorrected.FromZ(0));
        Assert.Equal(7.2, LengthCorrected.FromZ(-2.5), 1e-12);
        Assert.Equal(8, LengthCorrected.FromZ(3));
        Assert.Equal(0, LengthCorrected.FromZ(-300));
    }

    [Fact]
    public void The_first_stage_allocates_nothing()
    {
        byte[] sample = SampleBytes.Cipher(512, 1);
        FirstStage.Judge(sample);

        // A collection that other tests cause adds to a figure: the least of a few counts.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                FirstStage.Judge(sample);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    private static string Base32(byte[] bytes)
    {
        StringBuilder text = new StringBuilder();
        int held = 0, pending = 0;
        foreach (byte value in bytes)
        {
            pending = ((pending << 8) | value) & 0xFFFF;
            held += 8;
            while (held >= 5)
            {
                held -= 5;
                text.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(pending >> held) & 31]);
            }
        }

        return text.ToString();
    }
}
