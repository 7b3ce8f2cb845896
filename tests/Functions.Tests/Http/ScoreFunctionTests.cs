using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Http;

public class ScoreFunctionTests
{
    private const string Raw = "application/octet-stream";
    private static readonly string[] Samples = [.. Fleet.Records().Where(record => record.StartsWith("""{"cipherwatch":""", StringComparison.Ordinal))];

    [Fact]
    public async Task Samples_are_scored_at_once()
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(Encoding.UTF8.GetBytes(string.Join('\n', Samples)));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEmpty(Samples);
        Assert.Equal(Samples.Length, answer.GetProperty("scored").GetInt32());
        Assert.All(answer.GetProperty("scores").EnumerateArray(), score => Assert.Equal("encrypted", score.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task A_gzip_body_of_records_is_read_through()
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(Gzip(Encoding.UTF8.GetBytes($"[{string.Join(',', Samples)}]")));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(Samples.Length, answer.GetProperty("scored").GetInt32());
    }

    [Fact]
    public async Task Bytes_sent_as_such_are_the_sample_even_where_they_are_gzip()
    {
        byte[] noise = new byte[600];
        new Random(7).NextBytes(noise);
        (HttpStatusCode status, JsonElement answer) = await PostAsync(noise, Raw);
        Assert.Equal((HttpStatusCode.OK, "encrypted"), (status, answer.GetProperty("verdict").GetString()));

        (status, answer) = await PostAsync(Gzip(noise), $"{Raw}; charset=binary");
        Assert.Equal((HttpStatusCode.OK, "compressed"), (status, answer.GetProperty("verdict").GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Raw)]
    public async Task An_empty_body_is_said_to_be_empty(string? type)
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync([], type);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("empty", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_holds_no_sample_is_answered_with_what_to_send()
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync("no record"u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("payload-sample.schema.json", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        (HttpStatusCode status, _) = await PostAsync(new byte[(8 << 20) + 1], Raw);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(byte[] body, string? type = null) =>
        await Web.AnswerAsync(await new ScoreFunction(Web.Open).RunAsync(
            Web.Request(body, contentType: type), TestContext.Current.CancellationToken));
}
