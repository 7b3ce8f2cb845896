using System.Buffers.Binary;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Bounds-safe reading of header fields; a field past the end reads as −1.</summary>
internal static class FieldReading
{
    /// <summary>Big-endian 16 bits at an offset.</summary>
    public static int U16(this ReadOnlySpan<byte> sample, int offset) =>
        offset + 2 <= sample.Length ? BinaryPrimitives.ReadUInt16BigEndian(sample[offset..]) : -1;

    /// <summary>Little-endian 16 bits at an offset.</summary>
    public static int U16Little(this ReadOnlySpan<byte> sample, int offset) =>
        offset + 2 <= sample.Length ? BinaryPrimitives.ReadUInt16LittleEndian(sample[offset..]) : -1;

    /// <summary>Big-endian 24 bits at an offset.</summary>
    public static int U24(this ReadOnlySpan<byte> sample, int offset) =>
        offset + 3 <= sample.Length ? (sample[offset] << 16) | (sample[offset + 1] << 8) | sample[offset + 2] : -1;

    /// <summary>Big-endian 32 bits at an offset.</summary>
    public static long U32(this ReadOnlySpan<byte> sample, int offset) =>
        offset + 4 <= sample.Length ? BinaryPrimitives.ReadUInt32BigEndian(sample[offset..]) : -1;

    /// <summary>Little-endian 32 bits at an offset.</summary>
    public static long U32Little(this ReadOnlySpan<byte> sample, int offset) =>
        offset + 4 <= sample.Length ? BinaryPrimitives.ReadUInt32LittleEndian(sample[offset..]) : -1;

    /// <summary>One byte at an offset.</summary>
    public static int U8(this ReadOnlySpan<byte> sample, int offset) => offset < sample.Length ? sample[offset] : -1;

    /// <summary>Bytes of the whole payload, of which the sample may be the beginning.</summary>
    public static int Whole(ReadOnlySpan<byte> sample, in PayloadContext context) =>
        Math.Max(context.PayloadLength, sample.Length);

    /// <summary>
    /// Whether a message of <paramref name="declared"/> bytes explains the payload: exactly one in a datagram, one or
    /// more in a stream, of which the last may be cut off.
    /// </summary>
    public static bool Fits(long declared, ReadOnlySpan<byte> sample, in PayloadContext context) =>
        context.Transport == Transport.Udp ? declared == Whole(sample, context) : declared > 0;
}
