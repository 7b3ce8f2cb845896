using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Cli.Inputs;

/// <summary>Walks a zip file that lost its directory by the headers that stand before each entry.</summary>
/// <remarks>
/// Source: APPNOTE.TXT 4.3.7 (local file header) and 4.3.9 (data descriptor). An entry written to a pipe states its length only
/// behind its data, in a descriptor, which is found by its signature and by stating the very distance it stands at.
/// </remarks>
internal static class CutZip
{
    private const uint HeaderSignature = 0x04034b50;
    private const uint DescriptorSignature = 0x08074b50;
    private const int HeaderBytes = 30;
    private const int DescriptorBytes = 16;
    private const int EncryptedFlag = 1;
    private const int DescriptorFlag = 8;
    private const int Stored = 0;
    private const int Deflated = 8;
    private const int SearchBytes = 1 << 20;

    /// <summary>Hands on each entry up to the cut, the one that the cut goes through included.</summary>
    public static void Read(FileStream file, Action<Func<Stream>, string> entry)
    {
        byte[] header = new byte[HeaderBytes];
        long at = 0;
        while (TryRead(file, at, header) && BinaryPrimitives.ReadUInt32LittleEndian(header) == HeaderSignature)
        {
            int flags = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6));
            int method = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8));
            long length = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(18));
            byte[] name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))];
            long data = at + HeaderBytes + name.Length + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            if (!TryRead(file, at + HeaderBytes, name))
            {
                return;
            }

            bool described = (flags & DescriptorFlag) != 0 && length == 0;
            length = described ? FindDescriptor(file, data) ?? (file.Length - data) : length;
            string text = Encoding.UTF8.GetString(name);
            if ((flags & EncryptedFlag) == 0 && method is Stored or Deflated && !text.EndsWith('/') && data <= file.Length)
            {
                Stream Open() => method == Stored ? new Slice(file, data, length)
                    : new DeflateStream(new Slice(file, data, length), CompressionMode.Decompress);
                entry(Open, text);
            }

            at = data + length + (described ? DescriptorBytes : 0);
        }
    }

    /// <summary>Length of the data that start at an offset, from the descriptor behind them; null when there is none.</summary>
    private static long? FindDescriptor(FileStream file, long start)
    {
        byte[] buffer = new byte[SearchBytes];
        Span<byte> signature = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, DescriptorSignature);
        for (long at = start; at < file.Length; at += SearchBytes - DescriptorBytes)
        {
            int held = RandomAccess.Read(file.SafeFileHandle, buffer, at);
            for (int from = 0; buffer.AsSpan(from, held - from).IndexOf(signature) is var found and >= 0;)
            {
                from += found;
                long distance = at + from - start;
                if (from + DescriptorBytes <= held
                    && BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(from + 8)) == (uint)distance)
                {
                    return distance;
                }

                from++;
            }
        }

        return null;
    }

    private static bool TryRead(FileStream file, long at, Span<byte> bytes) =>
        RandomAccess.Read(file.SafeFileHandle, bytes, at) == bytes.Length;

    /// <summary>A stretch of a file. Fails at the file's end when the stretch should be longer.</summary>
    private sealed class Slice(FileStream file, long start, long length) : ReadOnceStream
    {
        private long _at;

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, length - _at);
            int read = RandomAccess.Read(file.SafeFileHandle, buffer[..count], start + _at);
            _at += read;
            return read > 0 || count == 0 ? read : throw new InvalidDataException("The entry was cut short.");
        }
    }
}
