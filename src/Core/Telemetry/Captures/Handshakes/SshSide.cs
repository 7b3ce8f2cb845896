using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Captures.Handshakes;

/// <summary>What one side of an SSH connection said before it encrypted. Source: RFC 4253 §4.2, §6, §7.</summary>
/// <param name="IsSsh">It opened with a version line.</param>
/// <param name="HasNewKeys">It said that it encrypts with the exchanged keys from here on.</param>
internal readonly record struct SshSide(bool IsSsh, bool HasNewKeys)
{
    private const byte NewKeys = 21;
    private const int MaxPacketBytes = 35000;

    /// <summary>Reads a side.</summary>
    public static SshSide Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("SSH-"u8))
        {
            return default;
        }

        int line = bytes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> packets = line < 0 ? default : bytes[(line + 1)..];
        while (packets.Length > 5)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(packets);
            if (length is < 2 or > MaxPacketBytes)
            {
                break;
            }

            if (packets[5] == NewKeys)
            {
                return new(true, true);
            }

            if (4 + length >= packets.Length)
            {
                break;
            }

            packets = packets[(int)(4 + length)..];
        }

        return new(true, false);
    }
}
