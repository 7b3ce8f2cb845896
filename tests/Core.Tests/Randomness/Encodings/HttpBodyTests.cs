using System.Text;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Encodings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Encodings;

public class HttpBodyTests
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

        byte[] body = HttpBody.Extract(Message("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunked));

        Assert.Equal(secret, body);
    }

    [Fact]
    public void A_chunk_that_is_cut_off_is_taken_as_far_as_it_goes()
    {
        byte[] chunked = [.. "ffff\r\n"u8, .. SampleBytes.Cipher(120, 4)];

        Assert.Equal(120, HttpBody.Extract(Message("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunked)).Length);
    }

    [Fact]
    public void A_base64_body_is_decoded()
    {
        byte[] message = Message("POST /a HTTP/1.1\r\n\r\n", Encoding.ASCII.GetBytes(Convert.ToBase64String(SampleBytes.Cipher(300, 9))));

        Assert.Equal(PayloadVerdict.Encrypted, PayloadScorer.Score(message).Body!.Decoded!.Verdict);
    }

    [Property(MaxTest = 100)]
    public bool No_message_throws(byte[] rest, bool chunked) =>
        HttpBody.Extract(Message(chunked ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", rest)).Length <= rest.Length;

    private static byte[] Message(string header, byte[] body) => [.. Encoding.ASCII.GetBytes(header), .. body];
}
