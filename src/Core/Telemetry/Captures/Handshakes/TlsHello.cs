using System.Buffers.Binary;
using System.Text;

namespace CipherWatch.Core.Telemetry.Captures.Handshakes;

/// <summary>Reads what matters of TLS hello messages. Total: what does not fit its lengths is not there.</summary>
internal static class TlsHello
{
    private const int VersionAndRandom = 34;
    private const ushort ServerNameExtension = 0;
    private const ushort PreSharedKeyExtension = 41;
    private const ushort SupportedVersionsExtension = 43;
    private const ushort Version13 = 0x0304;

    /// <summary>The random of a server that asks for another hello (RFC 8446 §4.1.3).</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
        0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
    ];

    /// <summary>The name in a client's hello; null where it asks for none.</summary>
    public static string? ServerName(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> rest = Skip(Skip(Skip(Behind(body), 1), 2), 1);
        ReadOnlySpan<byte> names = Extension(rest, ServerNameExtension);

        // A list with one entry: list length, kind 0, name length, name.
        if (names.Length < 5 || names[2] != 0)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(names[3..]);
        ReadOnlySpan<byte> name = names.Length >= 5 + length ? names.Slice(5, length) : default;
        return name.IsEmpty || name.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? null : Encoding.ASCII.GetString(name);
    }

    /// <summary>Whether a server's hello asks for another from the client.</summary>
    public static bool IsRetry(ReadOnlySpan<byte> body) =>
        body.Length >= VersionAndRandom && body[2..VersionAndRandom].SequenceEqual(RetryRandom);

    /// <summary>Whether a server's hello chooses TLS 1.3.</summary>
    public static bool ChoosesVersion13(ReadOnlySpan<byte> body) =>
        Extension(ServerExtensions(body), SupportedVersionsExtension) is { Length: 2 } version
        && BinaryPrimitives.ReadUInt16BigEndian(version) == Version13;

    /// <summary>Whether a server's hello takes up a key that both sides have.</summary>
    public static bool TakesKnownKey(ReadOnlySpan<byte> body) => !Extension(ServerExtensions(body), PreSharedKeyExtension).IsEmpty;

    /// <summary>Behind version, random and session id: cipher suite and compression.</summary>
    private static ReadOnlySpan<byte> ServerExtensions(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> rest = Skip(Behind(body), 1);
        return rest.Length >= 3 ? rest[3..] : default;
    }

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> body) =>
        body.Length >= VersionAndRandom ? body[VersionAndRandom..] : default;

    /// <summary>Passes over a field with its length before it.</summary>
    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> rest, int lengthBytes)
    {
        if (rest.Length < lengthBytes)
        {
            return default;
        }

        int length = lengthBytes == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        return rest.Length >= lengthBytes + length ? rest[(lengthBytes + length)..] : default;
    }

    /// <summary>The content of one extension of a list that its length stands before; empty where it is not there.</summary>
    private static ReadOnlySpan<byte> Extension(ReadOnlySpan<byte> list, ushort wanted)
    {
        ReadOnlySpan<byte> rest = list.Length >= 2 ? list[2..] : default;
        while (rest.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (rest.Length < 4 + length)
            {
                return default;
            }

            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == wanted)
            {
                return rest.Slice(4, length);
            }

            rest = rest[(4 + length)..];
        }

        return default;
    }
}
