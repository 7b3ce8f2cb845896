using System.Text;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Structure;

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
        int found = 0;
        for (int seed = 0; seed < 8; seed++)
        {
            byte[] plain = seed % 2 == 0 ? SampleBytes.English(length, seed) : SampleBytes.Json(length, seed);
            byte[] key = SampleBytes.Cipher(keyLength, 900 + seed);
            // A lone key byte below 0x40 leaves text readable enough to be text still.
            key[0] |= 0x80;
            PayloadScore score = PayloadScorer.Score(Under(plain, key));
            found += score.Verdict == PayloadVerdict.Xor && score.XorKeyLength == keyLength ? 1 : 0;
        }

        Assert.InRange(found, 7, 8);
    }

    [Theory]
    [InlineData("PING\r\nCLIENT REPLY OFF\r\nPING\r\nCLIENT REPLY SKIP\r\nCLIENT REPLY ON\r\nPING\r\nPING\r\n")]
    [InlineData("CONFIG SET TIMEOUT\r\nCONFIG SET DATABASES\r\nSHUTDOWN NOSAVE NOW\r\nFLUSHALL ASYNC\r\nOBJECT FREQ KEY\r\nSAVE\r\n")]
    [InlineData("AT+CGMI\r\nAT+CGMM\r\nAT+CGSN\r\nAT+CSQ\r\nAT+COPS?\r\nAT+CREG?\r\nATE0V1\r\nATH\r\n")]
    public void Commands_in_capitals_are_text(string commands) =>
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.Score(Encoding.ASCII.GetBytes(commands)).Verdict);

    [Fact]
    public void Ciphertext_compressed_data_and_plain_text_are_not()
    {
        for (int seed = 0; seed < 20; seed++)
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
        byte[] plain = SampleBytes.English(512);

        XorReading brief = RepeatingXor.Read(Under(plain, SampleBytes.Cipher(4, 1)));
        XorReading lengthy = RepeatingXor.Read(Under(plain, SampleBytes.Cipher(32, 1)));

        Assert.Equal(4, brief.KeyLength);
        Assert.Equal(32, lengthy.KeyLength);
        // 28 more key bytes at ln 256 each, less what more columns over-fit.
        Assert.True(brief.Evidence - lengthy.Evidence > 50);
    }

    [Fact]
    public void Capitals_are_text_too()
    {
        byte[] plain = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(SampleBytes.English(512)).ToUpperInvariant());

        PayloadScore score = PayloadScorer.Score(Under(plain, SampleBytes.Cipher(12, 3)));

        Assert.Equal((PayloadVerdict.Xor, 12), (score.Verdict, score.XorKeyLength));
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.Score(plain).Verdict);
    }

    [Theory]
    [InlineData("0B")]
    [InlineData("0B 15")]
    public void A_key_that_leaves_text_printable_is_found(string key)
    {
        byte[] bytes = Convert.FromHexString(key.Replace(" ", "", StringComparison.Ordinal));
        PayloadScore score = PayloadScorer.Score(Under(SampleBytes.English(512), bytes));

        Assert.True(score.PrintableShare > FirstStage.PrintableShare);
        Assert.Equal((PayloadVerdict.Xor, bytes.Length), (score.Verdict, score.XorKeyLength));
    }

    [Fact]
    public void Text_that_repeats_itself_under_a_key_of_sixteen_is_no_block_cipher()
    {
        byte[] plain = [.. Enumerable.Repeat(SampleBytes.English(160), 4).SelectMany(text => text)];

        PayloadScore score = PayloadScorer.Score(Under(plain, SampleBytes.Cipher(16, 5)));

        Assert.Equal((PayloadVerdict.Xor, 16), (score.Verdict, score.XorKeyLength));
        Assert.Equal(0, score.EcbRepeats);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(24)]
    public void An_encoded_powershell_command_is_found_though_every_other_letter_is_A(int keyLength)
    {
        byte[] plain = Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.Unicode.GetBytes(Encoding.ASCII.GetString(SampleBytes.English(240)))));

        PayloadScore score = PayloadScorer.Score(Under(plain[..512], SampleBytes.Cipher(keyLength, 40 + keyLength)), startSeen: false);

        Assert.Equal((PayloadVerdict.Xor, keyLength), (score.Verdict, score.XorKeyLength));
    }

    [Fact]
    public void Indented_text_is_found_though_its_columns_are_spaces()
    {
        byte[] plain = [.. "name origin target state owner ports mode kind"u8.ToArray().Chunk(6).SelectMany(word => (byte[])[.. Enumerable.Repeat((byte)' ', 34), .. word, (byte)'\n'])];

        PayloadScore score = PayloadScorer.Score(Under([.. plain, .. plain], SampleBytes.Cipher(9, 6)), startSeen: false);

        Assert.Equal((PayloadVerdict.Xor, 9), (score.Verdict, score.XorKeyLength));
    }

    [Theory]
    [InlineData("M3X@L1B[4\\PZ54(Q^)7CD)7}$TEST-STRING-OF-NO-MEANING-$H+H*", '#')]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIj", '.')]
    public void A_row_of_one_letter_after_text_is_no_key(string text, char filler)
    {
        byte[] plain = Encoding.ASCII.GetBytes(text + new string(filler, text.Length));

        Assert.NotEqual(PayloadVerdict.Xor, PayloadScorer.Score(plain, startSeen: false).Verdict);
    }

    [Fact]
    public void Numbers_between_control_bytes_have_no_key()
    {
        // What LZ4 leaves of a table of numbers: digits as they were, and the bytes that say where they came before.
        byte[] between = [0x03, 0x07, 0xF0, 0xF1, 0xF2, 0xF3, 0x0B, 0xA1, 0xC1, 0x01];
        Random random = new Random(11);
        for (int sample = 0; sample < 100; sample++)
        {
            byte[] numbers = [.. Enumerable.Range(0, 256).Select(i => random.Next(11) < 2 ? between[random.Next(between.Length)] : (byte)"0123456789,. "[random.Next(13)])];

            Assert.NotEqual(PayloadVerdict.Xor, PayloadScorer.Score(numbers, startSeen: false).Verdict);
        }
    }

    [Fact]
    public void A_table_of_words_with_one_high_byte_has_no_key()
    {
        byte[] table = [.. Enumerable.Range(0, 256).SelectMany(i => new[] { (byte)(0x60 + i), (byte)0x7D })];

        Assert.NotEqual(PayloadVerdict.Xor, PayloadScorer.Score(table, startSeen: false).Verdict);
    }

    [Fact]
    public void A_pattern_over_and_over_has_no_key()
    {
        byte[] pattern = [.. Enumerable.Range(0, 512).Select(i => (byte)"1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ__"[i % 38])];

        Assert.Equal(0, RepeatingXor.Read(pattern).KeyLength);
        Assert.Equal(PayloadVerdict.Text, PayloadScorer.Score(pattern, startSeen: false).Verdict);
    }

    [Fact]
    public void An_empty_sample_has_no_reading() => Assert.Equal(0, RepeatingXor.Read([]).KeyLength);

    private static byte[] Under(byte[] plain, byte[] key) => [.. plain.Select((value, i) => (byte)(value ^ key[i % key.Length]))];
}
