using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Core.Tests.Randomness.Flow;

public class FlowScorerTests
{
    [Fact]
    public void Ciphertext_both_ways_without_a_handshake_is_encrypted_without_key_exchange()
    {
        FlowScore flow = FlowScorer.Score(Stream(SampleBytes.Cipher(300, 1)), Stream(SampleBytes.Cipher(600, 2)), Handshake.None);

        Assert.Equal(PayloadVerdict.Encrypted, flow.Verdict);
        Assert.True(flow.WithoutKeyExchange);
    }

    [Theory]
    [InlineData(Handshake.Established)]
    [InlineData(Handshake.Hello)]
    [InlineData(Handshake.Unseen)]
    [InlineData(Handshake.Unknown)]
    public void A_handshake_or_a_start_that_was_not_seen_excuses_it(Handshake handshake)
    {
        FlowScore flow = FlowScorer.Score(Stream(SampleBytes.Cipher(300, 1)), Stream(SampleBytes.Cipher(600, 2)), handshake);

        Assert.Equal(PayloadVerdict.Encrypted, flow.Verdict);
        Assert.False(flow.WithoutKeyExchange);
    }

    [Fact]
    public void A_protocol_one_way_names_the_flow()
    {
        FlowScore flow = FlowScorer.Score(Stream("SSH-2.0-client\r\n"u8.ToArray()), Stream(SampleBytes.Cipher(600, 2)), Handshake.None);

        Assert.Equal(PayloadVerdict.Protocol, flow.Verdict);
        Assert.Equal("ssh", flow.Protocol);
    }

    [Fact]
    public void A_refusal_that_repeats_a_datagrams_number_is_Skype_whatever_else_the_datagrams_hold()
    {
        byte[] sent = [0x16, 0x59, 0x02, .. SampleBytes.Cipher(300, 5)];
        byte[] refused = [0x16, 0x59, 0x35, .. SampleBytes.Cipher(8, 6)];
        byte[] other = [0x16, 0x58, 0x35, .. SampleBytes.Cipher(8, 6)];

        Assert.Equal("skype", FlowScorer.Score(Datagrams(sent), Datagrams(refused), Handshake.None).Protocol);
        Assert.Null(FlowScorer.Score(Datagrams(sent), Datagrams(other), Handshake.None).Protocol);

        static FlowPayload Datagrams(byte[] datagram) => new() { Payloads = [datagram], Context = new() { Transport = Transport.Udp } };
    }

    [Fact]
    public void A_named_flow_repeats_no_cipher_blocks()
    {
        byte[] repeated = [.. SampleBytes.Cipher(640, 3), .. SampleBytes.Cipher(640, 3)];
        Assert.True(PayloadScorer.Score(repeated, startSeen: false).EcbRepeats > 0);

        FlowScore flow = FlowScorer.Score(Stream("SSH-2.0-client\r\n"u8.ToArray()), Stream(repeated), Handshake.None);

        Assert.Equal(0, flow.EcbRepeats);
    }

    [Fact]
    public void One_encrypted_direction_needs_length_and_no_contradiction()
    {
        FlowScore brief = FlowScorer.Score(Stream(SampleBytes.Cipher(128, 1)), FlowPayload.None, Handshake.None);
        FlowScore alone = FlowScorer.Score(Stream(SampleBytes.Cipher(512, 1)), FlowPayload.None, Handshake.None);
        FlowScore contradicted = FlowScorer.Score(Stream(SampleBytes.Cipher(512, 1)), Stream(SampleBytes.English(300)), Handshake.None);

        Assert.NotEqual(PayloadVerdict.Encrypted, brief.Verdict);
        Assert.Equal(PayloadVerdict.Encrypted, alone.Verdict);
        Assert.Equal(PayloadVerdict.Text, contradicted.Verdict);
    }

    [Fact]
    public void Short_messages_are_encrypted_together_and_not_alone()
    {
        FlowPayload Messages(int count, int seed) => new()
        {
            Context = new PayloadContext { Transport = Transport.Udp, SourcePort = 40000, DestinationPort = 9000 },
            Payloads = [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)SampleBytes.Cipher(48, seed + i))],
        };

        Assert.Equal(PayloadVerdict.Encrypted, FlowScorer.Score(Messages(6, 50), Messages(6, 70), Handshake.None).Verdict);
        Assert.Equal(PayloadVerdict.Insufficient, FlowScorer.Score(Messages(2, 50), Messages(2, 70), Handshake.None).Verdict);
    }

    [Fact]
    public void Rtp_shows_over_three_datagrams()
    {
        ReadOnlyMemory<byte>[] payloads = Enumerable.Range(0, 4).Select(i =>
        {
            byte[] datagram = SampleBytes.Cipher(172, 300 + i);
            byte[] header = [0x80, 0x60, 0x12, (byte)(0x30 + i), 0, 0, 1, (byte)i, 0xAA, 0xBB, 0xCC, 0xDD];
            header.CopyTo(datagram, 0);
            return (ReadOnlyMemory<byte>)datagram;
        }).ToArray();
        FlowPayload direction = new FlowPayload { Payloads = payloads, Context = new PayloadContext { Transport = Transport.Udp, SourcePort = 40000, DestinationPort = 9000 } };

        Assert.Equal("rtp", FlowScorer.Score(direction, FlowPayload.None, Handshake.None).Protocol);
    }

    [Fact]
    public void Lengths_in_whole_blocks_are_a_flag()
    {
        FlowPayload direction = Stream(SampleBytes.Cipher(512, 9)) with { Lengths = [16, 32, 48, 64, 80, 96, 112, 128] };

        Assert.Equal(16, FlowScorer.Score(direction, FlowPayload.None, Handshake.None).BlockMultiple);
    }

    private static FlowPayload Stream(byte[] bytes) => new() { Payloads = [bytes], Context = new PayloadContext { Transport = Transport.Tcp } };
}
