using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Where things stand in a binary event log: a file header, then chunks of one length that need nothing of each other.</summary>
/// <remarks>
/// Sources: MS-EVEN6 (binary XML) and the libevtx project's description of the file. All numbers are little-endian. Checksums are
/// not looked at: a log that was copied while it was written has stale ones, some writers leave them out, and damage shows in the
/// structure.
/// </remarks>
internal static class EventLogLayout
{
    /// <summary>Bytes of a chunk, header included.</summary>
    public const int ChunkBytes = 65536;

    /// <summary>Bytes of a chunk's header: numbers, then the places of common names and of template definitions.</summary>
    public const int ChunkHeaderBytes = 512;

    /// <summary>Bytes of the file header's block, where the header itself does not say.</summary>
    public const int FileHeaderBytes = 4096;

    /// <summary>Bytes of a record before its content: signature, length, number and time.</summary>
    public const int RecordHeaderBytes = 24;

    /// <summary>Bytes of a record without content: its header and the copy of its length that ends it.</summary>
    public const int MinRecordBytes = RecordHeaderBytes + sizeof(uint);

    private const int BlockBytesAt = 40;
    private const int ChunksAt = 42;

    /// <summary>What a file opens with.</summary>
    public static ReadOnlySpan<byte> FileSignature => "ElfFile\0"u8;

    /// <summary>What a chunk opens with.</summary>
    public static ReadOnlySpan<byte> ChunkSignature => "ElfChnk\0"u8;

    /// <summary>What a record opens with.</summary>
    public static ReadOnlySpan<byte> RecordSignature => "**\0\0"u8;

    /// <summary>Whether an input is such a log, or begins with a chunk of one.</summary>
    public static bool IsAtStart(ReadOnlySpan<byte> head) => head.StartsWith(FileSignature) || head.StartsWith(ChunkSignature);

    /// <summary>Bytes from the start of a file's header to its first chunk.</summary>
    public static int HeaderBytes(ReadOnlySpan<byte> header)
    {
        int bytes = header.Length < ChunksAt ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(header[BlockBytesAt..]);
        return bytes >= ChunkHeaderBytes ? bytes : FileHeaderBytes;
    }

    /// <summary>How many chunks the file's header says are in use. Files are longer: room is made for more beforehand.</summary>
    public static int Chunks(ReadOnlySpan<byte> header) =>
        header.Length < ChunksAt + sizeof(ushort) ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(header[ChunksAt..]);

    /// <summary>Bytes up to where a chunk or a file opens that should not stand here; all of them when none does.</summary>
    public static int ToNextSignature(ReadOnlySpan<byte> bytes)
    {
        int chunk = bytes[1..].IndexOf(ChunkSignature);
        int file = bytes[1..].IndexOf(FileSignature);
        int first = chunk < 0 || (file >= 0 && file < chunk) ? file : chunk;
        return first < 0 ? bytes.Length : first + 1;
    }
}
