using System.Buffers.Binary;
using System.Numerics;

namespace CipherWatch.Calibration.Ciphers;

/// <summary>RC4 and ChaCha20 keystreams, XORed into data.</summary>
internal static class StreamCiphers
{
    public static void Rc4(ReadOnlySpan<byte> key, Span<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (int i = 0; i < state.Length; i++)
        {
            state[i] = (byte)i;
        }

        byte j = 0;
        for (int i = 0; i < state.Length; i++)
        {
            j += (byte)(state[i] + key[i % key.Length]);
            (state[i], state[j]) = (state[j], state[i]);
        }

        byte a = 0, b = 0;
        for (int n = 0; n < data.Length; n++)
        {
            a++;
            b += state[a];
            (state[a], state[b]) = (state[b], state[a]);
            data[n] ^= state[(byte)(state[a] + state[b])];
        }
    }

    /// <summary>RFC 8439, block counter from 1, nonce zero: every call has its own key.</summary>
    public static void ChaCha20(ReadOnlySpan<byte> key, Span<byte> data)
    {
        Span<uint> input = stackalloc uint[16];
        input.Clear();
        (input[0], input[1], input[2], input[3]) = (0x61707865, 0x3320646E, 0x79622D32, 0x6B206574);
        for (int i = 0; i < 8; i++)
        {
            input[4 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
        }

        Span<uint> x = stackalloc uint[16];
        Span<byte> block = stackalloc byte[64];
        for (input[12] = 1; !data.IsEmpty; input[12]++)
        {
            input.CopyTo(x);
            for (int round = 0; round < 10; round++)
            {
                Quarter(x, 0, 4, 8, 12);
                Quarter(x, 1, 5, 9, 13);
                Quarter(x, 2, 6, 10, 14);
                Quarter(x, 3, 7, 11, 15);
                Quarter(x, 0, 5, 10, 15);
                Quarter(x, 1, 6, 11, 12);
                Quarter(x, 2, 7, 8, 13);
                Quarter(x, 3, 4, 9, 14);
            }

            for (int i = 0; i < 16; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * i)..], x[i] + input[i]);
            }

            int length = Math.Min(64, data.Length);
            for (int i = 0; i < length; i++)
            {
                data[i] ^= block[i];
            }

            data = data[length..];
        }
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[a] += x[b];
        x[d] = BitOperations.RotateLeft(x[d] ^ x[a], 16);
        x[c] += x[d];
        x[b] = BitOperations.RotateLeft(x[b] ^ x[c], 12);
        x[a] += x[b];
        x[d] = BitOperations.RotateLeft(x[d] ^ x[a], 8);
        x[c] += x[d];
        x[b] = BitOperations.RotateLeft(x[b] ^ x[c], 7);
    }
}
