using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Tests.Randomness.Structure;

public class RepeatingXorTests
{
    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 256)]
    [InlineData(5, 256)]
    [InlineData(8, 512)]
    [InlineData(16, 512)]
    [InlineData(31, 512)]
    public void Text_under_a_repeating_key_is_found_with_the_keys_length(int keyLength, int length)
    {
        var found = 0;
        for (var seed = 0; seed < 8; seed++)
        {
            var plain = seed % 2 == 0 ? SampleBytes.English(length, seed) : SampleBytes.Json(length, seed);
            var key = SampleBytes.Cipher(keyLength, 900 + seed);
            // A lone key byte below 0x40 leaves text readable enough to be text still.
            key[0] |= 0x80;
            var score = PayloadScorer.Score(Under(plain, key));
            found += score.Verdict == PayloadVerdict.Xor && score.XorKeyLength == keyLength ? 1 : 0;
        }

        Assert.InRange(found, 7, 8);
    }

    [Fact]
    public void Ciphertext_compressed_data_and_plain_text_are_not()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.True(RepeatingXor.Read(SampleBytes.Cipher(512, seed)).Evidence < 0);
            Assert.NotEqual(PayloadVerdict.Xor, PayloadScorer.Score(SampleBytes.English(512, seed)).Verdict);
            Assert.NotEqual(PayloadVerdict.Xor, PayloadScorer.Score(System.Text.Encoding.Unicode.GetBytes(
                System.Text.Encoding.ASCII.GetString(SampleBytes.English(256, seed)))).Verdict);
        }
    }

    [Fact]
    public void Evidence_is_less_for_a_longer_key_over_the_same_text()
    {
        var plain = SampleBytes.English(512);

        var brief = RepeatingXor.Read(Under(plain, SampleBytes.Cipher(4, 1)));
        var lengthy = RepeatingXor.Read(Under(plain, SampleBytes.Cipher(32, 1)));

        Assert.Equal(4, brief.KeyLength);
        Assert.Equal(32, lengthy.KeyLength);
        // 28 more key bytes at ln 256 each, less what more columns over-fit.
        Assert.True(brief.Evidence - lengthy.Evidence > 50);
    }

    [Fact]
    public void An_empty_sample_has_no_reading() => Assert.Equal(0, RepeatingXor.Read([]).KeyLength);

    private static byte[] Under(byte[] plain, byte[] key) => [.. plain.Select((value, i) => (byte)(value ^ key[i % key.Length]))];
}
