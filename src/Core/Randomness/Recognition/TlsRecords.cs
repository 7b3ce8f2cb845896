using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>TLS and DTLS records (RFC 8446 §5.1, RFC 9147 §4) and the SSL 2 hello some clients still sent.</summary>
internal static class TlsRecords
{
    private const int HeaderLength = 5;
    private const int DatagramHeaderLength = 13;

    /// <summary>2^14 of plaintext and the largest expansion any version allows.</summary>
    private const int MaxFragmentLength = 16384 + 2048;

    private const int ChangeCipherSpec = 20;
    private const int Alert = 21;
    private const int Handshake = 22;
    private const int Heartbeat = 24;
    private const int ConnectionIdRecord = 25;
    private const int LastVersionMinor = 4;

    /// <summary>Whether the sample is a record whose length and content agree, and the next header too when it shows.</summary>
    public static bool IsRecord(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (!IsHeader(sample) || !ContentAgrees(sample))
        {
            return false;
        }

        int next = HeaderLength + sample.U16(3);
        return sample.Length < next + HeaderLength || IsHeader(sample[next..]);
    }

    /// <summary>SSL 2 framing around a ClientHello of SSL 3 or TLS.</summary>
    public static bool IsVersion2Hello(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        // Message 1, version, then three lengths: ciphers (in threes), session, challenge of 16 to 32.
        int challenge = sample.U16(9);
        return sample.U16(5) is > 0 and < 512 && sample.U16(5) % 3 == 0 && sample.U16(7) is 0 or 16 && challenge is >= 16 and <= 32;
    }

    /// <summary>A DTLS record that its datagram can hold.</summary>
    public static bool IsDatagramRecord(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        int version = sample.U16(1);
        int fragment = sample.U16(11);
        return sample[0] is >= ChangeCipherSpec and <= ConnectionIdRecord
            && version is 0xFEFF or 0xFEFD or 0xFEFC or 0x0100
            && fragment > 0
            && fragment <= Math.Min(MaxFragmentLength, Whole(sample, context) - DatagramHeaderLength);
    }

    /// <summary>A DTLS 1.3 unified header that carries its length.</summary>
    public static bool IsDatagramCiphertext(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        // 001CSLEE without a connection id: sequence of one or two bytes, then the length, all of the datagram.
        const int ConnectionId = 0x10, LongSequence = 0x08, HasLength = 0x04;
        if ((sample[0] & (0xE0 | ConnectionId | HasLength)) != (0x20 | HasLength))
        {
            return false;
        }

        int at = (sample[0] & LongSequence) != 0 ? 3 : 2;
        return sample.U16(at) == Whole(sample, context) - at - 2;
    }

    private static bool IsHeader(ReadOnlySpan<byte> sample) =>
        sample.Length >= 3
        && sample[0] is >= ChangeCipherSpec and <= Heartbeat
        && sample[1] == 3
        && sample[2] <= LastVersionMinor
        && (sample.Length < HeaderLength || sample.U16(3) is > 0 and <= MaxFragmentLength);

    private static bool ContentAgrees(ReadOnlySpan<byte> sample)
    {
        if (sample.Length < HeaderLength)
        {
            return false;
        }

        int length = sample.U16(3);
        return sample[0] switch
        {
            ChangeCipherSpec => length == 1,
            // In the clear two bytes; encrypted, the cipher's overhead more.
            Alert => length is 2 or (>= 16 and <= 64),
            // An encrypted handshake (after a cipher change) begins anyhow; a clear one with a type up to 25 or 254.
            Handshake => length >= 4 && (sample.U8(HeaderLength) <= 25 || sample.U8(HeaderLength) >= 250 || length is >= 32 and <= 256),
            _ => true,
        };
    }
}
