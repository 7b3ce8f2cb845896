using System.Buffers.Binary;

namespace CipherWatch.Calibration.Ciphers;

/// <summary>Blowfish with 64-bit blocks: 16 Feistel rounds over four substitution boxes made from π and the key.</summary>
internal sealed class Blowfish
{
    private const int Rounds = 16;
    private static readonly uint[] Pi = PiDigits.Words(Rounds + 2 + (4 * 256));

    private readonly uint[] _subkeys = Pi[..(Rounds + 2)];
    private readonly uint[] _boxes = Pi[(Rounds + 2)..];

    public Blowfish(ReadOnlySpan<byte> key)
    {
        for (int i = 0, at = 0; i < _subkeys.Length; i++)
        {
            uint word = 0;
            for (int b = 0; b < 4; b++, at++)
            {
                word = (word << 8) | key[at % key.Length];
            }

            _subkeys[i] ^= word;
        }

        ulong block = 0;
        Fill(_subkeys, ref block);
        Fill(_boxes, ref block);
    }

    public ulong Encrypt(ulong block)
    {
        uint left = (uint)(block >> 32), right = (uint)block;
        for (int round = 0; round < Rounds; round++)
        {
            left ^= _subkeys[round];
            right ^= Mix(left);
            (left, right) = (right, left);
        }

        (left, right) = (right, left);
        right ^= _subkeys[Rounds];
        left ^= _subkeys[Rounds + 1];
        return ((ulong)left << 32) | right;
    }

    /// <summary>Cipher-block chaining, in place; the length is in whole blocks.</summary>
    public void Chain(Span<byte> data, ulong start)
    {
        for (; data.Length >= 8; data = data[8..])
        {
            start = Encrypt(start ^ BinaryPrimitives.ReadUInt64BigEndian(data));
            BinaryPrimitives.WriteUInt64BigEndian(data, start);
        }
    }

    private uint Mix(uint x) =>
        ((_boxes[x >> 24] + _boxes[256 + (x >> 16 & 255)]) ^ _boxes[512 + (x >> 8 & 255)]) + _boxes[768 + (x & 255)];

    private void Fill(uint[] words, ref ulong block)
    {
        for (int i = 0; i < words.Length; i += 2)
        {
            block = Encrypt(block);
            words[i] = (uint)(block >> 32);
            words[i + 1] = (uint)block;
        }
    }
}
