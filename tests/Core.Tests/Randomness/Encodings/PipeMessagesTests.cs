using CipherWatch.Core.Randomness.Encodings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Encodings;

public class PipeMessagesTests
{
    private static readonly byte[] One = [1, 1, 1], Two = [2, 2];

    [Fact]
    public void What_a_client_writes_to_pipes_is_read()
    {
        byte[] sent = new PipeBytes().Negotiated().AsksFor(@"\\host\IPC$").Writes(5, One).Transceives(5, Two, answer: false).Bytes;
        Assert.Equal([One, Two], Bodies(sent));
    }

    [Fact]
    public void What_a_server_answers_from_pipes_is_read_and_files_are_not()
    {
        byte[] sent = new PipeBytes().Negotiated(answer: true).Connects(5, share: 2).Connects(6, share: 1)
            .Reads(6, [9, 9]).Reads(5, One).Transceives(5, Two, answer: true).Bytes;
        Assert.Equal([One, Two], Bodies(sent));
    }

    [Fact]
    public void Of_a_client_that_also_asks_for_files_nobody_knows() =>
        Assert.Empty(Bodies(new PipeBytes().AsksFor(@"\\host\IPC$").AsksFor(@"\\host\C$").Writes(5, One).Bytes));

    [Fact]
    public void Without_the_start_nobody_knows() => Assert.Empty(Bodies(new PipeBytes().Writes(5, One).Bytes));

    [Fact]
    public void A_client_that_begins_with_the_old_version_is_read_on()
    {
        byte[] old = [0, 0, 0, 64, 0xFF, (byte)'S', (byte)'M', (byte)'B', .. new byte[60]];
        Assert.Equal([One], Bodies([.. old, .. new PipeBytes().AsksFor(@"\\host\IPC$").Writes(5, One).Bytes]));
    }

    [Fact]
    public void What_SMB_encrypts_ends_it()
    {
        byte[] transform = [0, 0, 0, 64, 0xFD, (byte)'S', (byte)'M', (byte)'B', .. new byte[60]];
        byte[] before = new PipeBytes().AsksFor(@"\\host\IPC$").Bytes, after = new PipeBytes().Writes(5, One).Bytes;
        Assert.Empty(Bodies([.. before, .. transform, .. after]));
    }

    [Property]
    public void It_reads_bytes_of_any_kind(byte[] noise, byte[] content, ushort cut, byte at, byte value)
    {
        byte[] sent = new PipeBytes().AsksFor(@"\\host\IPC$").Writes(5, content).Transceives(5, content, answer: false).Bytes;
        Bodies(noise);
        sent[at % sent.Length] = value;
        Bodies(sent[..(cut % sent.Length)]);
    }

    private static List<byte[]> Bodies(byte[] sample)
    {
        PipeMessages messages = new(sample);
        List<byte[]> bodies = [];
        while (messages.Next())
        {
            bodies.Add(messages.Body);
        }

        return bodies;
    }
}
