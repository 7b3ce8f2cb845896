using System.Text;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Encodings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Encodings;

public class HttpMessagesTests
{
    [Fact]
    public void The_body_is_scored_and_the_headers_are_not()
    {
        byte[] message = Message("POST /a HTTP/1.1\r\nHost: b\r\nContent-Length: 300\r\n\r\n", SampleBytes.Cipher(300, 3));

        PayloadScore score = PayloadScorer.Score(message);

        Assert.Equal(PayloadVerdict.Protocol, score.Verdict);
        Assert.Equal("http", score.Protocol);
        Assert.Equal(PayloadVerdict.Encrypted, score.Body!.Verdict);
        Assert.Equal(300, score.Body.Sampled);
    }

    [Fact]
    public void A_body_ends_where_its_length_says()
    {
        byte[] message = Message("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", SampleBytes.Cipher(300, 3));

        Assert.Equal(100, PayloadScorer.Score(message).Body!.Sampled);
    }

    [Fact]
    public void Chunks_are_joined()
    {
        byte[] secret = SampleBytes.Cipher(400, 4);
        byte[] chunked = [.. "c8;x=1\r\n"u8, .. secret[..200], .. "\r\nC8\r\n"u8, .. secret[200..], .. "\r\n0\r\n\r\n"u8];

        Assert.Equal(secret, First(Message("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunked)));
    }

    [Fact]
    public void A_chunk_that_is_cut_off_is_taken_as_far_as_it_goes()
    {
        byte[] chunked = [.. "ffff\r\n"u8, .. SampleBytes.Cipher(120, 4)];

        Assert.Equal(120, First(Message("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunked)).Length);
    }

    [Fact]
    public void A_base64_body_is_decoded()
    {
        byte[] message = Message("POST /a HTTP/1.1\r\n\r\n", Encoding.ASCII.GetBytes(Convert.ToBase64String(SampleBytes.Cipher(300, 9))));

        Assert.Equal(PayloadVerdict.Encrypted, PayloadScorer.Score(message).Body!.Decoded!.Verdict);
    }

    [Fact]
    public void Messages_follow_one_another()
    {
        byte[] connection =
        [
            .. Message("HTTP/1.1 304 Not Modified\r\nContent-Length: 900\r\n\r\n", []),
            .. Message("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", [.. "3\r\nabc\r\n0\r\n\r\n"u8]),
            .. Message("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", [.. "de"u8]),
            .. Message("HTTP/1.1 200 OK\r\n\r\n", [.. "rest"u8]),
        ];

        Assert.Equal(["", "abc", "de", "rest"], Bodies(connection).Select(Encoding.ASCII.GetString));
    }

    [Fact]
    public void Short_ciphertexts_between_pages_are_judged_together()
    {
        byte[] connection =
        [
            .. Enumerable.Range(1, 6).SelectMany(at => (byte[])
            [
                .. Message("HTTP/1.1 200 OK\r\nContent-Length: 48\r\n\r\n", SampleBytes.Cipher(48, at)),
                .. Message("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 300\r\n\r\n", SampleBytes.English(300, at)),
            ]),
        ];

        PayloadScore body = PayloadScorer.Score(connection).Body!;

        Assert.Equal(PayloadVerdict.Encrypted, body.Verdict);
        Assert.Equal(BodyCover.Unexplained, body.Cover);
        Assert.InRange(body.Sampled, 5 * 48, 6 * 48);
    }

    [Theory]
    [InlineData("", BodyCover.Unexplained)]
    [InlineData("Content-Type: application/octet-stream", BodyCover.Unexplained)]
    [InlineData("Content-Type: text/html; charset=utf-8", BodyCover.Contradicted)]
    [InlineData("content-type: APPLICATION/JSON", BodyCover.Contradicted)]
    [InlineData("Content-Type: application/x-www-form-urlencoded", BodyCover.Contradicted)]
    [InlineData("Content-Type: application/dns-message", BodyCover.Contradicted)]
    [InlineData("Content-Type: image/png", BodyCover.Contradicted)]
    [InlineData("Content-Encoding: gzip", BodyCover.Contradicted)]
    [InlineData("Content-Encoding: br", BodyCover.Explained)]
    [InlineData("Content-Type: video/mp4", BodyCover.Explained)]
    [InlineData("Content-Type: application/zip\r\nContent-Range: bytes 100-999/5000", BodyCover.Explained)]
    public void What_the_header_says_of_random_bytes(string header, BodyCover cover)
    {
        byte[] message = Message($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n".Replace("\r\n\r\n\r\n", "\r\n\r\n", StringComparison.Ordinal), SampleBytes.Cipher(400, 2));

        Assert.Equal(cover, PayloadScorer.Score(message).Body!.Cover);
    }

    [Theory]
    [InlineData("Content-Type: video/mp4", BodyCover.Unexplained)]
    [InlineData("Content-Encoding: br", BodyCover.Unexplained)]
    [InlineData("Content-Type: application/json", BodyCover.Contradicted)]
    [InlineData("Content-Type: multipart/form-data; boundary=x", BodyCover.Explained)]
    [InlineData("Content-Encoding: aes128gcm", BodyCover.Explained)]
    public void What_a_client_says_of_random_bytes_explains_less(string header, BodyCover cover) =>
        Assert.Equal(cover, PayloadScorer.Score(Message($"POST /a HTTP/1.1\r\n{header}\r\n\r\n", SampleBytes.Cipher(400, 2))).Body!.Cover);

    [Property(MaxTest = 200)]
    public bool No_message_throws_and_none_holds_more_than_it_came_in(byte[] rest, bool chunked)
    {
        byte[] message = Message(chunked ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", rest);
        return Bodies(message).Sum(body => body.Length) <= rest.Length;
    }

    private static byte[] First(byte[] message) => Bodies(message)[0];

    private static List<byte[]> Bodies(byte[] message)
    {
        List<byte[]> bodies = [];
        HttpMessages messages = new(message);
        while (messages.Next())
        {
            bodies.Add(messages.Body);
        }

        return bodies;
    }

    private static byte[] Message(string header, byte[] body) => [.. Encoding.ASCII.GetBytes(header), .. body];
}
