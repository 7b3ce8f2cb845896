using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>The bytes of one chunk, and what its header says of them. Names and template definitions are at offsets within it.</summary>
internal readonly ref struct EventLogChunk
{
    private const int LastRecordIdAt = 32;
    private const int FreeSpaceAt = 48;

    /// <summary>A chunk over its bytes; cut short, it is shorter than a chunk should be.</summary>
    public EventLogChunk(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        HasHeader = bytes.Length >= EventLogLayout.ChunkHeaderBytes && bytes.StartsWith(EventLogLayout.ChunkSignature);
        if (!HasHeader)
        {
            UsedEnd = bytes.Length;
            return;
        }

        FirstRecord = EventLogLayout.ChunkHeaderBytes;
        LastRecordId = BinaryPrimitives.ReadUInt64LittleEndian(bytes[LastRecordIdAt..]);
        uint freeSpace = BinaryPrimitives.ReadUInt32LittleEndian(bytes[FreeSpaceAt..]);
        UsedEnd = freeSpace is >= EventLogLayout.ChunkHeaderBytes and <= EventLogLayout.ChunkBytes
            ? (int)freeSpace
            : EventLogLayout.ChunkBytes;
    }

    /// <summary>The chunk's bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Whether the header is there.</summary>
    public bool HasHeader { get; }

    /// <summary>Offset at which the first record starts; without a header one may start anywhere.</summary>
    public int FirstRecord { get; }

    /// <summary>
    /// Offset at which free space begins, by the header. Of a log that was in use it may be behind the times; of an archived one it
    /// may be the chunk's end. What lies in free space else is left of records that were overwritten.
    /// </summary>
    public int UsedEnd { get; }

    /// <summary>The number of the last record, by the header.</summary>
    public ulong LastRecordId { get; }
}
