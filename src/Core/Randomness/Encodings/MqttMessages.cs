using System.Buffers.Binary;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>
/// What one direction of an MQTT connection publishes (MQTT 3.1.1 and 5.0, OASIS), from the client's first packet on: a broker passes on
/// what it is given.
/// </summary>
internal ref struct MqttMessages(ReadOnlySpan<byte> sample) : IMessages
{
    private const int Connect = 1, Publish = 3, QualityBits = 0x06, Version5 = 5, MaxLengthBytes = 4;

    private ReadOnlySpan<byte> _rest = sample;
    private bool _hasProperties;

    /// <inheritdoc/>
    public readonly BodyCover Cover => BodyCover.Unexplained;

    /// <inheritdoc/>
    public byte[] Body { get; private set; } = [];

    /// <inheritdoc/>
    public bool Next()
    {
        while (_rest.Length >= 2 && TryLength(_rest[1..], out int length, out int digits))
        {
            int first = _rest[0], start = 1 + digits;
            ReadOnlySpan<byte> packet = _rest.Slice(start, Math.Min(length, _rest.Length - start));
            _rest = _rest[(start + packet.Length)..];
            if (first >> 4 == Connect && TryText(packet, out int level) && level < packet.Length)
            {
                _hasProperties = packet[level] == Version5;
            }
            else if (first >> 4 == Publish && Content(packet, (first & QualityBits) != 0) is { IsEmpty: false } content)
            {
                Body = content.ToArray();
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands behind topic, packet number and properties.</summary>
    private readonly ReadOnlySpan<byte> Content(ReadOnlySpan<byte> packet, bool isNumbered)
    {
        if (!TryText(packet, out int at))
        {
            return [];
        }

        at += isNumbered ? 2 : 0;
        if (_hasProperties)
        {
            bool isWhole = at < packet.Length;
            at = isWhole && TryLength(packet[at..], out int length, out int digits) ? at + digits + length : packet.Length;
        }

        return at < packet.Length ? packet[at..] : [];
    }

    /// <summary>A text behind its length of two bytes.</summary>
    private static bool TryText(ReadOnlySpan<byte> packet, out int end)
    {
        end = packet.Length < 2 ? int.MaxValue : 2 + BinaryPrimitives.ReadUInt16BigEndian(packet);
        return end <= packet.Length;
    }

    /// <summary>A number of up to four bytes, seven bits each, the lowest first.</summary>
    private static bool TryLength(ReadOnlySpan<byte> bytes, out int length, out int digits)
    {
        length = 0;
        for (digits = 0; digits < Math.Min(MaxLengthBytes, bytes.Length);)
        {
            int value = bytes[digits];
            length |= (value & 0x7F) << (7 * digits++);
            if (value < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
