using System.Security.Cryptography;
using System.Text;

namespace CipherWatch.Core.Tests.Randomness;

/// <summary>Seeded samples of each kind.</summary>
internal static class SampleBytes
{
    /// <summary>Keystream of a cipher under a key made from the seed: uniform, and the same every time.</summary>
    public static byte[] Cipher(int length, int seed)
    {
        Span<byte> key = stackalloc byte[32];
        BitConverter.TryWriteBytes(key, seed);
        using Aes aes = Aes.Create();
        aes.Key = key.ToArray();
        byte[] bytes = new byte[(length + 15) / 16 * 16];
        for (int block = 0; block < bytes.Length / 16; block++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(block * 16), block);
        }

        return aes.EncryptEcb(bytes, PaddingMode.None)[..length];
    }

    public static byte[] English(int length, int seed = 1) => Words(length, seed,
        "the of and to in that was his he with is for as had you not be her on at by which have or from this him but all she they were my are so me their an one said them we who would been will no when there if more out up into do any your what has man could other than our some very time upon about may its only now little like then can made should did us such great before must two these see know over much down after first good men own never most old shall day where those came come himself way work life without go make well through being long say might how am too even again many back here think every people went same last thought away under take found hand eyes still place while just also young yet though against things get nothing right face".Split(' '));

    public static byte[] Json(int length, int seed = 1)
    {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"id\":{random.Next(100000)},\"name\":\"user{random.Next(1000)}\",\"active\":{(random.Next(2) == 0 ? "true" : "false")},\"score\":{random.Next(1000) / 10.0},\"tags\":[\"alpha\",\"beta\"]}},\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString())[..length];
    }

    private static byte[] Words(int length, int seed, string[] words)
    {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.Length < length)
        {
            // Squaring favours the common words at the front, as language does.
            double pick = random.NextDouble();
            text.Append(words[(int)(pick * pick * words.Length)]).Append(random.Next(12) == 0 ? ".\n" : " ");
        }

        return Encoding.ASCII.GetBytes(text.ToString())[..length];
    }
}
