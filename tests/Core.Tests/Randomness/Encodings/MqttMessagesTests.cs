using System.Text;
using CipherWatch.Core.Randomness.Encodings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Randomness.Encodings;

public class MqttMessagesTests
{
    private static readonly byte[] One = [1, 1, 1], Two = [.. Enumerable.Repeat((byte)2, 300)];

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void What_is_published_is_read(byte version, int quality)
    {
        byte[]? properties = version == 5 ? [0x01, 0x00] : null;
        byte[] ping = [0xC0, 0];
        Assert.Equal([One, Two], Bodies([
            .. Connect(version), .. Publish("a/b", One, quality, properties), .. ping, .. Publish("c", Two, quality, properties),
        ]));
    }

    [Fact]
    public void A_packet_that_is_cut_is_read_as_far_as_it_is_held() =>
        Assert.Equal([[2, 2]], Bodies([.. Connect(4), .. Publish("c", Two, 0, null)[..(3 + 2 + 1 + 2)]]));

    [Property]
    public void It_reads_bytes_of_any_kind(byte[] noise, ushort cut, byte at, byte value)
    {
        byte[] sent = [.. Connect(5), .. Publish("a/b", noise, quality: 1, properties: [])];
        Bodies(noise);
        sent[at % sent.Length] = value;
        Bodies(sent[..(cut % sent.Length)]);
    }

    internal static byte[] Connect(byte version) => [0x10, (byte)(version == 5 ? 13 : 12), 0, 4, .. "MQTT"u8, version, 2, 0, 60, .. version == 5 ? new byte[1] : [], 0, 0];

    internal static byte[] Publish(string topic, byte[] content, int quality, byte[]? properties)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic);
        byte[] packet =
        [
            0, (byte)name.Length, .. name, .. quality > 0 ? [0, 1] : Array.Empty<byte>(),
            .. properties is null ? [] : (byte[])[(byte)properties.Length, .. properties], .. content,
        ];
        byte[] length = packet.Length < 128 ? [(byte)packet.Length] : [(byte)((packet.Length & 0x7F) | 0x80), (byte)(packet.Length >> 7)];
        return [(byte)(0x30 | (quality << 1)), .. length, .. packet];
    }

    internal static List<byte[]> Bodies(byte[] sample)
    {
        MqttMessages messages = new(sample);
        List<byte[]> bodies = [];
        while (messages.Next())
        {
            bodies.Add(messages.Body);
        }

        return bodies;
    }
}
