namespace CipherWatch.Core.Randomness.Structure;

/// <summary>
/// Tells records of typed fields by walking them: DER (X.690), as in certificates and their revocation lists, and Protocol Buffers'
/// wire format. Both repeat the same few bytes at regular places, which reads like text under a repeating key.
/// </summary>
internal static class FieldWalk
{
    /// <summary>Where a walk may start: a sample from the middle of a stream starts inside a record.</summary>
    private const int MaxStart = 64;

    /// <summary>Elements that chance does not line up: each is one of 19 tags of 256.</summary>
    private const int MinElements = 8;

    /// <summary>Fields of Protocol Buffers, each one byte in eight by chance.</summary>
    private const int MinFields = 10;

    /// <summary>Share of the sample that the walk must cover, in percent.</summary>
    private const int MinCovered = 75;

    /// <summary>Whether the bytes are such records.</summary>
    /// <param name="sample">Any bytes.</param>
    public static bool Fits(ReadOnlySpan<byte> sample)
    {
        for (int start = 0; start < Math.Min(MaxStart, sample.Length); start++)
        {
            if (WalksDer(sample[start..], sample.Length))
            {
                return true;
            }
        }

        return WalksProtobuf(sample);
    }

    private static bool WalksDer(ReadOnlySpan<byte> bytes, int whole)
    {
        int at = 0, elements = 0;
        while (at + 2 <= bytes.Length && IsDerTag(bytes[at]))
        {
            int header = 2;
            int length = bytes[at + 1];
            if (length > 0x80)
            {
                int octets = length - 0x80;
                if (octets > 3 || at + 2 + octets > bytes.Length)
                {
                    break;
                }

                length = 0;
                for (int octet = 0; octet < octets; octet++)
                {
                    length = (length << 8) | bytes[at + 2 + octet];
                }

                header += octets;
            }

            // What holds others is stepped into.
            elements++;
            bool holds = (bytes[at] & 0x20) != 0;
            at += header + (holds ? 0 : length);
        }

        return elements >= MinElements && Math.Min(at, bytes.Length) * 100L >= (long)whole * MinCovered;
    }

    /// <summary>Boolean to real, strings and times, sequences and sets, and the context's own, primitive or not.</summary>
    private static bool IsDerTag(byte tag) =>
        tag is (>= 0x01 and <= 0x06) or 0x0A or 0x0C or 0x13 or 0x16 or 0x17 or 0x18 or 0x1E or 0x30 or 0x31 or (>= 0x80 and <= 0x83)
            or (>= 0xA0 and <= 0xA4);

    private static bool WalksProtobuf(ReadOnlySpan<byte> bytes)
    {
        int at = 0, fields = 0;
        while (at < bytes.Length)
        {
            int type = bytes[at] & 7;
            int number = bytes[at] >> 3;
            if (number is 0 or >= 16 || !TrySkip(bytes, type, ref at))
            {
                return false;
            }

            fields++;
        }

        return fields >= MinFields;
    }

    private static bool TrySkip(ReadOnlySpan<byte> bytes, int type, ref int at)
    {
        const int Varint = 0, EightBytes = 1, Delimited = 2, FourBytes = 5;
        at++;
        switch (type)
        {
            case EightBytes:
                at += 8;
                return true;
            case FourBytes:
                at += 4;
                return true;
            case Varint or Delimited:
                long value = 0;
                for (int shift = 0; shift < 35; shift += 7)
                {
                    if (at >= bytes.Length)
                    {
                        return true;
                    }

                    byte part = bytes[at++];
                    value |= (long)(part & 0x7F) << shift;
                    if (part < 0x80)
                    {
                        at += type == Delimited ? (int)Math.Min(value, int.MaxValue / 2) : 0;
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }
}
