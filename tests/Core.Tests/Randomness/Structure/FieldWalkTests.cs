using System.Formats.Asn1;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Tests.Randomness.Structure;

public class FieldWalkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(300)]
    public void A_list_of_revoked_certificates_is_records_wherever_it_is_cut(int cut)
    {
        byte[] list = RevocationList(60)[cut..];

        Assert.True(FieldWalk.Fits(list.AsSpan(0, 512)));
        Assert.NotEqual(PayloadVerdict.Xor, PayloadScorer.Score(list, startSeen: cut == 0).Verdict);
    }

    [Fact]
    public void Fields_of_Protocol_Buffers_are()
    {
        byte[] fields = [.. Enumerable.Range(0, 12).SelectMany(at => (byte[])[0x08, (byte)at, 0x12, 0x05, .. "host-"u8, 0x18, 0x80, 0x01])];

        Assert.True(FieldWalk.Fits(fields));
    }

    [Fact]
    public void Text_under_a_key_and_ciphertext_are_not()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            byte[] key = SampleBytes.Cipher(7, seed);
            byte[] text = [.. SampleBytes.English(512, seed).Select((value, at) => (byte)(value ^ key[at % 7]))];
            Assert.False(FieldWalk.Fits(text));
            Assert.False(FieldWalk.Fits(SampleBytes.Cipher(512, seed)));
        }
    }

    private static byte[] RevocationList(int entries)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteUtcTime(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
            using (writer.PushSequence())
            {
                for (int entry = 0; entry < entries; entry++)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteInteger(0x0407_1F00 + entry);
                        writer.WriteUtcTime(new DateTimeOffset(2026, 2, 1, 12, entry % 60, 0, TimeSpan.Zero));
                    }
                }
            }
        }

        byte[] list = writer.Encode();
        Assert.True(list.Length > 820);
        return list;
    }
}
