using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CipherWatch.Calibration.Ciphers;

/// <summary>The ciphers that are measured, by name, each over a plaintext under a key made from a seed.</summary>
internal static class Cipher
{
    public static readonly string[] Names = ["AES-CTR", "AES-CBC", "ChaCha20", "RC4", "3DES-CBC", "Blowfish-CBC"];

    /// <summary>Encrypts plaintext of any length; block ciphers drop nothing: the plaintext is extended by zeros.</summary>
    public static byte[] Encrypt(string name, ReadOnlySpan<byte> plain, int seed)
    {
        byte[] key = SHA256.HashData(BitConverter.GetBytes(seed));
        byte[] data = new byte[(plain.Length + 15) / 16 * 16];
        plain.CopyTo(data);
        switch (name)
        {
            case "AES-CTR":
                AesCounter(key, data);
                break;
            case "AES-CBC":
                using (Aes aes = Aes.Create())
                {
                    aes.Key = key;
                    data = aes.EncryptCbc(data, key[..16], PaddingMode.None);
                }

                break;
            case "ChaCha20":
                StreamCiphers.ChaCha20(key, data);
                break;
            case "RC4":
                StreamCiphers.Rc4(key.AsSpan(0, 16), data);
                break;
            case "3DES-CBC":
                using (TripleDES des = TripleDES.Create())
                {
                    des.Key = key[..24];
                    data = des.EncryptCbc(data, key[..8], PaddingMode.None);
                }

                break;
            case "Blowfish-CBC":
                new Blowfish(key.AsSpan(0, 16)).Chain(data, 0);
                break;
            case "AES-ECB":
                using (Aes aes = Aes.Create())
                {
                    aes.Key = key;
                    data = aes.EncryptEcb(data, PaddingMode.None);
                }

                break;
            case "DES-ECB":
                using (TripleDES des = TripleDES.Create())
                {
                    des.Key = key[..24];
                    data = des.EncryptEcb(data, PaddingMode.None);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "No such cipher.");
        }

        return data[..plain.Length];
    }

    private static void AesCounter(byte[] key, Span<byte> data)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        byte[] counters = new byte[data.Length];
        for (int i = 0; i < data.Length; i += 16)
        {
            BinaryPrimitives.WriteInt64BigEndian(counters.AsSpan(i + 8), i);
        }

        byte[] keystream = aes.EncryptEcb(counters, PaddingMode.None);
        for (int i = 0; i < data.Length; i++)
        {
            data[i] ^= keystream[i];
        }
    }
}
