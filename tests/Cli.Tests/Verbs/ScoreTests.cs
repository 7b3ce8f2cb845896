using System.Security.Cryptography;
using System.Text.Json;

namespace CipherWatch.Cli.Tests.Verbs;

public sealed class ScoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_file_has_its_verdict_in_input_order()
    {
        byte[] text = [.. Enumerable.Repeat("the quick brown fox jumps over the lazy dog. "u8.ToArray(), 40).SelectMany(word => word)];
        using Aes aes = Aes.Create();
        aes.Key = new byte[16];
        string[] files =
        [
            _folder.Write("z-text", text), _folder.Write("a-encrypted", aes.EncryptCbc(text, new byte[16])),
            _folder.Write("m-compressed.gz", TemporaryFolder.Gzip(RandomText())), _folder.Write("e-empty", []),
        ];
        Ran ran = await Ran.Of(["score", "--json", .. files]);
        Assert.Equal(ExitCode.Done, ran.Code);
        JsonElement[] rows = [.. ran.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(files, rows.Select(row => row.GetProperty("file").GetString()));
        Assert.Equal(["text", "encrypted", "compressed", "insufficient"], rows.Select(row => row.GetProperty("verdict").GetString()));
        Assert.Equal("gzip", rows[2].GetProperty("container").GetString());
        Assert.Equal(text.Length, rows[0].GetProperty("length").GetInt32());
        Assert.True(rows[1].GetProperty("score").GetDouble() > 7.2);
    }

    [Fact]
    public async Task The_table_shows_the_same_and_standard_input_is_read()
    {
        Ran ran = await Ran.With(new MemoryStream(RandomText()), ["score", "-"]);
        Assert.Contains("<stdin>", ran.Output, StringComparison.Ordinal);
        Assert.Contains("encoded", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_longer_than_a_sample_is_sampled_and_its_length_is_whole()
    {
        string file = _folder.Write("big", new byte[(1 << 20) + 17]);
        JsonElement row = (await Ran.Of("score", "--json", file)).Json;
        Assert.Equal((1 << 20) + 17, row.GetProperty("length").GetInt32());
        Assert.Equal(1 << 20, row.GetProperty("sampled").GetInt32());
        Ran piped = await Ran.With(new OneWayStream(File.ReadAllBytes(file)), ["score", "--json", "-"]);
        Assert.Equal((1 << 20) + 17, piped.Json.GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task A_missing_file_is_1_after_the_rest()
    {
        Ran ran = await Ran.Of("score", "--json", _folder["missing"], _folder.Write("x", "some text"));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Single(ran.Lines);
        Assert.Contains("missing: no such file or folder.", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Flows_of_a_capture_have_a_row_each_and_a_cut_is_told(bool compressed, bool cut)
    {
        byte[] capture = Capture.OfDatagrams(("10.0.0.1", "10.0.0.2", 5000, SHA256.HashData("a"u8)), ("10.0.0.3", "10.0.0.2", 5000, "hello, this is plain text"u8.ToArray()));
        capture = cut ? capture[..^4] : capture;
        Ran ran = await Ran.Of("score", "--json", _folder.Write("x", compressed ? TemporaryFolder.Gzip(capture) : capture));
        Assert.Equal(cut ? ExitCode.Failed : ExitCode.Done, ran.Code);
        JsonElement[] rows = [.. ran.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal("10.0.0.1:5000 > 10.0.0.2:5000 udp", rows[0].GetProperty("flow").GetString());
        Assert.Equal(32, rows[0].GetProperty("length").GetInt32());
        Assert.Equal(cut ? 1 : 2, rows.Length);
        Assert.Equal(cut, ran.Error.Contains("cut short", StringComparison.Ordinal));
    }

    private static byte[] RandomText() => System.Text.Encoding.ASCII.GetBytes(
        Convert.ToBase64String([.. Enumerable.Range(0, 60).SelectMany(number => SHA256.HashData(BitConverter.GetBytes(number)))]));

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
