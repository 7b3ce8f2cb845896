using System.IO.Compression;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Randomness.Structure;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Structure;

public class StructureTests
{
    [Fact]
    public void Bit_windows_count_what_a_plain_count_of_every_offset_counts()
    {
        byte[] sample = SampleBytes.Json(97);

        BitWindows windows = BitWindows.Of(sample);

        Assert.Equal(Plain(sample, 4, mostFirst: false), windows.Four, 1e-9);
        Assert.Equal(Plain(sample, 10, mostFirst: false), windows.Ten, 1e-9);
        Assert.Equal(Plain(sample, 16, mostFirst: false), windows.Sixteen, 1e-9);
        Assert.Equal(Plain(sample, 8, mostFirst: true), windows.Eight, 1e-9);
    }

    [Fact]
    public void Bit_autocorrelation_is_what_a_plain_comparison_of_bits_gives()
    {
        byte[] sample = SampleBytes.English(80);
        int[] bits = Enumerable.Range(0, 640).Select(i => sample[i >> 3] >> (i & 7) & 1).ToArray();
        double sum = 0;
        for (int lag = 1; lag <= 64; lag++)
        {
            int pairs = bits.Length - lag;
            int agreeing = Enumerable.Range(0, pairs).Count(i => bits[i] == bits[i + lag]);
            sum += Math.Pow(((2.0 * agreeing) - pairs) / Math.Sqrt(pairs), 2);
        }

        Assert.Equal((sum - 64) / Math.Sqrt(128), BitAutocorrelation.Z(sample), 1e-9);
    }

    [Fact]
    public void A_counter_is_too_even_to_be_ciphertext()
    {
        byte[] counter = [.. Enumerable.Range(0, 1472).Select(i => (byte)i)];

        PayloadScore score = PayloadScorer.Score(counter, startSeen: false);

        Assert.Equal(PayloadVerdict.Binary, score.Verdict);
        Assert.Equal(0, score.EcbRepeats);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    public void Compression_evidence_of_ciphertext_has_mean_zero_and_deviation_one(int length)
    {
        const int Samples = 800;
        double[] z = Enumerable.Range(0, Samples).Select(i =>
        {
            byte[] sample = SampleBytes.Cipher(length, i);
            uint[] counts = new uint[256];
            ByteHistogram.Count(sample, counts);
            return CompressionEvidence.Z(sample, BitStatistics.Of(counts, length).BalanceZ);
        }).ToArray();

        Assert.Equal(0, z.Average(), 0.13);
        Assert.Equal(1, z.Average(v => v * v), 0.25);
    }

    [Fact]
    public void Deflated_fragments_from_the_middle_show_compression()
    {
        byte[] stream = Deflate(SampleBytes.Json(400_000));
        int found = Enumerable.Range(0, 50).Count(i => PayloadScorer.Score(stream.AsSpan(2000 + (i * 300), 1460), startSeen: false).Verdict == PayloadVerdict.Compressed);

        // 80–90 % of fragments of this length, at a threshold that loses half a percent of ciphertext.
        Assert.InRange(found, 35, 50);
    }

    [Fact]
    public void A_raw_deflate_stream_is_recognised_at_its_start()
    {
        PayloadScore score = PayloadScorer.Score(Deflate(SampleBytes.English(8000)).AsSpan(0, 256));

        Assert.Equal(PayloadVerdict.Compressed, score.Verdict);
        Assert.Equal("deflate", score.Container);
    }

    [Fact]
    public void Ciphertext_parses_as_a_dynamic_deflate_header_less_than_once_in_a_thousand()
    {
        int parsed = Enumerable.Range(0, 4000).Count(i => DeflateHeader.Read(SampleBytes.Cipher(256, i)) == DeflateStart.Dynamic);

        Assert.InRange(parsed, 0, 5);
    }

    [Property(MaxTest = 100)]
    public bool Deflate_header_reader_never_throws(byte[] bytes) => DeflateHeader.Read(bytes) >= DeflateStart.None;

    [Theory]
    [InlineData("AES", 16)]
    [InlineData("DES", 8)]
    public void Repeated_blocks_of_a_code_book_are_counted(string cipher, int block)
    {
        byte[] plain = SampleBytes.Json(4096);
        System.Text.Encoding.ASCII.GetBytes(new string('A', 512)).CopyTo(plain, 1024);
        byte[] sample = CodeBook(plain, cipher);

        PayloadScore score = PayloadScorer.Score(sample);

        Assert.Equal(PayloadVerdict.Encrypted, score.Verdict);
        Assert.True(score.EcbRepeats >= 512 / block - 1);
        Assert.Equal(block, score.BlockMultiple);
    }

    [Fact]
    public void Repeats_in_text_and_in_ciphertext_are_not_counted()
    {
        Assert.Equal(0, BlockRepeats.Count(SampleBytes.Json(4096), out _));
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(0, BlockRepeats.Count(SampleBytes.Cipher(4096, i), out _));
        }
    }

    [Fact]
    public void Lengths_that_are_whole_blocks_show_the_block_size()
    {
        Assert.Equal(16, BlockShape.Multiple([16, 32, 48, 96, 112, 160, 208, 320]));
        Assert.Equal(16, BlockShape.Multiple([20, 36, 52, 100, 116, 164, 212, 324]));
        Assert.Equal(8, BlockShape.Multiple([16, 32, 48, 96, 112, 160, 208, 328]));
        Assert.Null(BlockShape.Multiple([16, 32, 48, 96, 112, 160, 208, 329]));
        Assert.Null(BlockShape.Multiple([16, 32, 48, 16, 32, 48, 16, 32, 48, 16]));
    }

    [Theory]
    [InlineData(40, 24)]
    [InlineData(5, 208)]
    [InlineData(1, 80)]
    public void Framed_ciphertext_is_judged_without_its_frames(int frames, int length)
    {
        List<byte> framed = new List<byte>();
        for (int i = 0; i < frames; i++)
        {
            framed.AddRange([0, 0, 0, (byte)length]);
            framed.AddRange(SampleBytes.Cipher(length, 100 + i));
        }

        Assert.Equal(PayloadVerdict.Encrypted, PayloadScorer.Score(framed.ToArray()).Verdict);
    }

    [Fact]
    public void Frames_nested_without_end_are_followed_once()
    {
        // Every pair reads as a length of one, and so does what is left when the pairs are taken away.
        byte[] nested = Enumerable.Range(0, 20_000).Select(i => (byte)(i % 3 == 1 ? 1 : 0)).ToArray();

        Assert.NotEqual(PayloadVerdict.Encrypted, PayloadScorer.Score(nested).Verdict);
    }

    private static double Plain(byte[] sample, int width, bool mostFirst)
    {
        int[] bits = Enumerable.Range(0, sample.Length * 8)
            .Select(i => sample[i >> 3] >> (mostFirst ? 7 - (i & 7) : i & 7) & 1).ToArray();
        string[] windows = Enumerable.Range(0, bits.Length - width + 1)
            .Select(at => string.Concat(bits.Skip(at).Take(width))).ToArray();
        double pairs = windows.GroupBy(w => w).Sum(g => g.Count() * (g.Count() - 1) / 2.0);
        double expected = windows.Length * (windows.Length - 1) / Math.Pow(2, width + 1);
        return (pairs - expected) / Math.Sqrt(3 * expected);
    }

    private static byte[] Deflate(byte[] plain)
    {
        using MemoryStream memory = new MemoryStream();
        using (DeflateStream stream = new DeflateStream(memory, CompressionLevel.Optimal))
        {
            stream.Write(plain);
        }

        return memory.ToArray();
    }

    private static byte[] CodeBook(byte[] plain, string cipher)
    {
#pragma warning disable CA5350, CA5351, CA5358 // Weak ciphers are what is looked for.
        using System.Security.Cryptography.SymmetricAlgorithm algorithm = cipher == "AES"
            ? System.Security.Cryptography.Aes.Create()
            : System.Security.Cryptography.DES.Create();
#pragma warning restore CA5350, CA5351, CA5358
        algorithm.Key = SampleBytes.Cipher(algorithm.KeySize / 8, 77);
        return algorithm.EncryptEcb(plain, System.Security.Cryptography.PaddingMode.None);
    }
}
