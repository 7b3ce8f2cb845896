using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Captures.Handshakes;

/// <summary>What one side of a TLS connection said before it encrypted. Source: RFC 5246 §7.4, RFC 8446 §4.</summary>
internal readonly record struct TlsSide
{
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;
    private const byte ChangeCipherSpec = 20;
    private const byte HandshakeRecord = 22;
    private const byte ApplicationDataRecord = 23;
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;
    private const byte Certificate = 11;
    private const byte ServerKeyExchange = 12;

    /// <summary>2^14 of plaintext and the largest expansion that any version allows.</summary>
    private const int MaxRecordBytes = 16384 + 2048;

    /// <summary>It offered a key exchange.</summary>
    public bool IsClient { get; private init; }

    /// <summary>It answered one.</summary>
    public bool IsServer { get; private init; }

    /// <summary>TLS 1.3 was chosen.</summary>
    public bool IsVersion13 { get; private init; }

    /// <summary>A known key was taken up again (TLS 1.3: by the answer's pre_shared_key).</summary>
    public bool TakesKnownKey { get; private init; }

    /// <summary>A certificate or a key of its own followed.</summary>
    public bool SentKeys { get; private init; }

    /// <summary>It said that it encrypts from here on.</summary>
    public bool Encrypts { get; private init; }

    /// <summary>The very first record is application data: nothing was exchanged before it.</summary>
    public bool StartsEncrypted { get; private init; }

    /// <summary>Name the client asked for.</summary>
    public string? ServerName { get; private init; }

    /// <summary>Reads a side from its first byte, or from where TLS begins within it (STARTTLS and its like).</summary>
    public static TlsSide Read(ReadOnlySpan<byte> bytes)
    {
        if (IsVersion2Hello(bytes))
        {
            return new() { IsClient = true };
        }

        int at = Find(bytes);
        return at < 0 ? default : Records(bytes[at..]);
    }

    /// <summary>Where a record starts: at 0, or at the first hello within the bytes; −1 where there is none.</summary>
    private static int Find(ReadOnlySpan<byte> bytes)
    {
        if (IsRecord(bytes))
        {
            return 0;
        }

        int from = 0;
        while (bytes[from..].IndexOf((byte)HandshakeRecord) is var found and >= 0)
        {
            ReadOnlySpan<byte> rest = bytes[(from + found)..];

            // A hello fills its record or is cut by it: type, version, length, message, length, version again.
            if (rest.Length > RecordHeader + MessageHeader + 2 && IsRecord(rest) && rest[5] is ClientHello or ServerHello && rest[6] == 0
                && rest[9] == 3 && rest[10] <= 3
                && BinaryPrimitives.ReadUInt16BigEndian(rest[7..]) + MessageHeader <= BinaryPrimitives.ReadUInt16BigEndian(rest[3..]))
            {
                return from + found;
            }

            from += found + 1;
        }

        return -1;
    }

    private static TlsSide Records(ReadOnlySpan<byte> bytes)
    {
        TlsSide side = new() { StartsEncrypted = bytes[0] == ApplicationDataRecord };
        byte[] messages = new byte[bytes.Length];
        int held = 0;
        while (IsRecord(bytes))
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
            ReadOnlySpan<byte> content = bytes.Slice(RecordHeader, Math.Min(length, bytes.Length - RecordHeader));
            if (bytes[0] == HandshakeRecord && !side.Encrypts)
            {
                content.CopyTo(messages.AsSpan(held));
                held += content.Length;
            }
            else if (bytes[0] is ChangeCipherSpec or ApplicationDataRecord)
            {
                side = side with { Encrypts = true };
            }

            if (RecordHeader + length >= bytes.Length)
            {
                break;
            }

            bytes = bytes[(RecordHeader + length)..];
        }

        return Messages(messages.AsSpan(0, held), side);
    }

    private static TlsSide Messages(ReadOnlySpan<byte> messages, TlsSide side)
    {
        while (messages.Length >= MessageHeader)
        {
            int length = (messages[1] << 16) | BinaryPrimitives.ReadUInt16BigEndian(messages[2..]);
            ReadOnlySpan<byte> body = messages.Slice(MessageHeader, Math.Min(length, messages.Length - MessageHeader));
            side = messages[0] switch
            {
                ClientHello => side with { IsClient = true, ServerName = TlsHello.ServerName(body) ?? side.ServerName },
                ServerHello when !TlsHello.IsRetry(body) => side with
                {
                    IsServer = true,
                    IsVersion13 = TlsHello.ChoosesVersion13(body),
                    TakesKnownKey = TlsHello.TakesKnownKey(body),
                },
                Certificate or ServerKeyExchange => side with { SentKeys = true },
                _ => side,
            };
            if (MessageHeader + length >= messages.Length)
            {
                break;
            }

            messages = messages[(MessageHeader + length)..];
        }

        return side;
    }

    private static bool IsRecord(ReadOnlySpan<byte> bytes) => bytes.Length >= RecordHeader && bytes[0] is >= 20 and <= 24 && bytes[1] == 3
        && bytes[2] <= 4 && BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]) is > 0 and <= MaxRecordBytes;

    /// <summary>A hello of SSL 3 or TLS in the frame of version 2, as old clients sent it.</summary>
    private static bool IsVersion2Hello(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 11 && (bytes[0] & 0x80) != 0 && bytes[2] == 1 && bytes[3] == 3 && bytes[4] <= 3
        && BinaryPrimitives.ReadUInt16BigEndian(bytes[5..]) % 3 == 0 && BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]) is >= 16 and <= 32;
}
