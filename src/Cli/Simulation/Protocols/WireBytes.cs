using System.Buffers.Binary;
using System.Text;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>Small pieces that messages are made of.</summary>
internal static class WireBytes
{
    private const int ShortDer = 0x80;

    /// <summary>Two bytes, the greater first.</summary>
    public static byte[] Short(int value)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    /// <summary>Four bytes, the greatest first.</summary>
    public static byte[] Long(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Four bytes, the greatest last.</summary>
    public static byte[] LongLittle(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>Bytes of text.</summary>
    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>A DER element. Source: ITU-T X.690, 8.1.</summary>
    public static byte[] Der(byte tag, params ReadOnlySpan<byte[]> parts)
    {
        byte[] content = Join(parts);
        return content.Length < ShortDer
            ? [tag, (byte)content.Length, .. content]
            : [tag, 0x82, .. Short(content.Length), .. content];
    }

    /// <summary>Arrays one behind the other.</summary>
    public static byte[] Join(params ReadOnlySpan<byte[]> parts)
    {
        int length = 0;
        foreach (byte[] part in parts)
        {
            length += part.Length;
        }

        byte[] joined = new byte[length];
        int at = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(joined, at);
            at += part.Length;
        }

        return joined;
    }
}
