using System.Buffers.Binary;
using System.IO.Compression;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Structure;

namespace CipherWatch.Core.Tests.Randomness.Structure;

public class PrefixedContainerTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(12)]
    public void Compressed_data_behind_a_short_header_is_named(int header)
    {
        using MemoryStream memory = new();
        using (ZLibStream stream = new(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(SampleBytes.Json(3000, header));
        }

        byte[] prefix = new byte[header];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)memory.Length);
        PayloadScore score = PayloadScorer.Score([.. prefix, .. memory.ToArray()]);

        Assert.Equal(PayloadVerdict.Compressed, score.Verdict);
        Assert.Equal("zlib", score.Container);
    }

    [Fact]
    public void Ciphertext_is_not()
    {
        int named = Enumerable.Range(0, 20_000).Count(seed => PrefixedContainer.Find(SampleBytes.Cipher(96, seed)) is not null);

        Assert.InRange(named, 0, 8);
    }
}
