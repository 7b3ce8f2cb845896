using System.Text;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Encodings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Encodings;

public class WebSocketFramesTests
{
    private const string Request = "GET /live HTTP/1.1\r\nHost: b\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

    [Fact]
    public void What_a_client_has_to_mask_is_no_xor()
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(Request), .. Frame(SampleBytes.Json(600), masked: true), .. Frame(SampleBytes.Json(90), masked: true)];

        PayloadScore score = PayloadScorer.Score(message);

        Assert.Equal(PayloadVerdict.Protocol, score.Verdict);
        Assert.Equal(PayloadVerdict.Text, score.Body!.Verdict);
        Assert.Equal(690, score.Body.Sampled);
    }

    [Fact]
    public void What_is_encrypted_inside_frames_stays_encrypted()
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(Request), .. Frame(SampleBytes.Cipher(600, 3), masked: true)];

        Assert.Equal(PayloadVerdict.Encrypted, PayloadScorer.Score(message).Body!.Verdict);
    }

    [Fact]
    public void Frames_of_every_length_are_joined_and_the_last_is_taken_as_far_as_it_goes()
    {
        byte[] frames = [.. Frame(SampleBytes.Json(40), masked: false), .. Frame(SampleBytes.Json(70_000), masked: true), .. Frame(SampleBytes.Json(200), masked: true)];

        byte[] whole = [.. SampleBytes.Json(40), .. SampleBytes.Json(70_000), .. SampleBytes.Json(200)];

        Assert.Equal(whole, WebSocketFrames.Join(frames));
        Assert.Equal(whole[..^50], WebSocketFrames.Join(frames.AsSpan(0, frames.Length - 50)));
    }

    [Fact]
    public void Bytes_that_begin_with_no_frame_are_left_as_they_are()
    {
        byte[] bytes = [0x75, .. SampleBytes.Cipher(100, 1)];

        Assert.Equal(bytes, WebSocketFrames.Join(bytes));
    }

    [Property(MaxTest = 200)]
    public bool No_bytes_throw(byte[] bytes) => WebSocketFrames.Join(bytes).Length <= bytes.Length;

    private static byte[] Frame(byte[] content, bool masked)
    {
        byte mask = masked ? (byte)0x80 : (byte)0;
        byte[] key = masked ? [0x9C, 0x21, 0xE7, 0x5A] : [];
        byte[] length = content.Length switch
        {
            < 126 => [(byte)(mask | content.Length)],
            <= ushort.MaxValue => [(byte)(mask | 126), (byte)(content.Length >> 8), (byte)content.Length],
            _ => [(byte)(mask | 127), 0, 0, 0, 0, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length],
        };
        return [0x82, .. length, .. key, .. content.Select((value, at) => masked ? (byte)(value ^ key[at % 4]) : value)];
    }
}
