using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>
/// The ciphers that implants bring along. Own implementations where a platform may lack one: every machine must write the same
/// bytes.
/// </summary>
internal static class Ciphers
{
    private const int Blocks = 64;
    private const int Rounds = 10;

    /// <summary>RC4. Source: RFC 7465 names it; the algorithm is that of Schneier, Applied Cryptography, 17.1.</summary>
    public static byte[] Rc4(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        Span<byte> state = stackalloc byte[256];
        for (int index = 0; index < state.Length; index++)
        {
            state[index] = (byte)index;
        }

        byte other = 0;
        for (int index = 0; index < state.Length; index++)
        {
            other += (byte)(state[index] + key[index % key.Length]);
            (state[index], state[other]) = (state[other], state[index]);
        }

        byte[] cipher = new byte[text.Length];
        byte first = 0;
        byte second = 0;
        for (int at = 0; at < text.Length; at++)
        {
            second += state[++first];
            (state[first], state[second]) = (state[second], state[first]);
            cipher[at] = (byte)(text[at] ^ state[(byte)(state[first] + state[second])]);
        }

        return cipher;
    }

    /// <summary>ChaCha20. Source: RFC 8439, 2.4.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="text">What is encrypted.</param>
    public static byte[] ChaCha20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> text)
    {
        byte[] cipher = text.ToArray();
        Span<uint> start = stackalloc uint[16];
        Span<uint> state = stackalloc uint[16];
        Span<byte> stream = stackalloc byte[Blocks];
        (start[0], start[1], start[2], start[3]) = (0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);
        for (int word = 0; word < 8; word++)
        {
            start[4 + word] = BinaryPrimitives.ReadUInt32LittleEndian(key[(word * 4)..]);
        }

        for (int word = 0; word < 3; word++)
        {
            start[13 + word] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[(word * 4)..]);
        }

        for (int at = 0; at < cipher.Length; at += Blocks)
        {
            start[12]++;
            start.CopyTo(state);
            for (int round = 0; round < Rounds; round++)
            {
                for (int column = 0; column < 4; column++)
                {
                    Quarter(state, column, column + 4, column + 8, column + 12);
                }

                for (int column = 0; column < 4; column++)
                {
                    Quarter(state, column, ((column + 1) % 4) + 4, ((column + 2) % 4) + 8, ((column + 3) % 4) + 12);
                }
            }

            for (int word = 0; word < 16; word++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(stream[(word * 4)..], state[word] + start[word]);
            }

            for (int index = 0; index < Math.Min(Blocks, cipher.Length - at); index++)
            {
                cipher[at + index] ^= stream[index];
            }
        }

        return cipher;
    }

    /// <summary>XOR with a key that repeats.</summary>
    public static byte[] Xor(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        byte[] cipher = new byte[text.Length];
        for (int at = 0; at < text.Length; at++)
        {
            cipher[at] = (byte)(text[at] ^ key[at % key.Length]);
        }

        return cipher;
    }

    /// <summary>AES-256-CBC, the initial vector before the blocks.</summary>
    public static byte[] AesCbc(byte[] key, byte[] initial, ReadOnlySpan<byte> text)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        return [.. initial, .. aes.EncryptCbc(text, initial)];
    }

    /// <summary>AES-256 block by block: equal blocks stay equal.</summary>
#pragma warning disable CA5358 // That this mode gives itself away is what is simulated.
    public static byte[] AesEcb(byte[] key, ReadOnlySpan<byte> text)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(text, PaddingMode.PKCS7);
    }
#pragma warning restore CA5358

    private static void Quarter(Span<uint> state, int a, int b, int c, int d)
    {
        state[a] += state[b];
        state[d] = BitOperations.RotateLeft(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = BitOperations.RotateLeft(state[b] ^ state[c], 12);
        state[a] += state[b];
        state[d] = BitOperations.RotateLeft(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = BitOperations.RotateLeft(state[b] ^ state[c], 7);
    }
}
