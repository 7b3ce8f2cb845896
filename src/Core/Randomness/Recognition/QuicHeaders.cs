using static CipherWatch.Core.Randomness.Recognition.FieldReading;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>QUIC long headers (RFC 8999, RFC 9000 §17.2) and Google's QUIC before standardisation.</summary>
internal static class QuicHeaders
{
    private const int LongForm = 0x80;
    private const int MaxConnectionIdLength = 20;

    /// <summary>A long header of a version in use.</summary>
    public static bool IsLongHeader(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (sample.Length < 7 || (sample[0] & LongForm) == 0 || context.Transport == Transport.Tcp)
        {
            return false;
        }

        uint version = (uint)sample.U32(1);
        if (!IsVersion(version, sample[0]))
        {
            return false;
        }

        if (HasNibbles(version))
        {
            // One byte held both lengths, four bits each, of which 0 is none and any other three less than the length.
            int lengths = sample[5];
            return sample.Length > 6 + FromNibble(lengths >> 4) + FromNibble(lengths & 0xF);
        }

        int destination = sample[5];
        int source = sample.U8(6 + destination);
        return destination <= MaxConnectionIdLength && source is >= 0 and <= MaxConnectionIdLength
            && (version != 0 || ListsVersions(7 + destination + source, Whole(sample, context)));
    }

    /// <summary>The public header of versions Q001 to Q043: flags, connection id of eight bytes, version in text.</summary>
    public static bool IsGoogleHeader(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.Transport != Transport.Tcp
        && sample.Length >= 14
        && (sample[0] & 0x89) == 0x09
        && sample[9] == 'Q' && sample[10] == '0' && char.IsAsciiDigit((char)sample[11]) && char.IsAsciiDigit((char)sample[12]);

    /// <summary>
    /// Versions before connection ids had a length byte each: Google's Q044 to Q049, and the drafts before the 22nd
    /// (draft-ietf-quic-transport-21 §17.2).
    /// </summary>
    private static bool HasNibbles(uint version) => version is (>= 0x51303434 and <= 0x51303439) or (>= 0xFF000000 and < 0xFF000016);

    private static int FromNibble(int nibble) => nibble == 0 ? 0 : nibble + 3;

    /// <summary>Version negotiation is a list of versions of four bytes, never empty (RFC 8999 §6). Zeros alone are met in DNS.</summary>
    private static bool ListsVersions(int header, int whole) => whole > header && (whole - header) % 4 == 0;

    private static bool IsVersion(uint version, byte first) => version switch
    {
        1 or 2 or 0x6B3343CF => (first & 0x40) != 0,
        // Version negotiation has any first bits.
        0 => true,
        _ when version >> 8 == 0xFF0000 => true,
        // Google's Q0nn and T0nn, Facebook's mvfst, and the values reserved to be refused.
        _ when version >> 16 is 0x5130 or 0x5430 => true,
        _ when version >> 8 == 0xFACEB0 => true,
        _ => (version & 0x0F0F0F0F) == 0x0A0A0A0A,
    };
}
