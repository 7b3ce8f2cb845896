using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Told of each stretch of a log, in order.</summary>
/// <param name="result">What became of the record; null where the bytes are the log's structure and no record.</param>
/// <param name="bytes">Its bytes.</param>
internal delegate void EventLogAccount(in RecordResult? result, ReadOnlySpan<byte> bytes);

/// <summary>Reads binary event logs a chunk at a time.</summary>
/// <remarks>Total: whatever the bytes, each is part of a record, of damage, or of the log's structure.</remarks>
internal sealed class EventLogReader(RecordContext context, EventLogAccount account)
{
    private const string NoRecord = "Damaged event log: no record can be read here.";
    private const string NoChunk = "Damaged event log: no chunk opens here, and no record can be read in it.";
    private const string Emptied = "Damaged event log: a chunk that its header counts holds zeros only.";
    private const string Cut = "The event log (.evtx) is cut short.";

    private readonly BinXmlEvent _event = new();
    private int _chunksLeft;

    /// <summary>Starts a new log.</summary>
    public void Begin() => _chunksLeft = 0;

    /// <summary>Reads the file header or the chunk at the start of a buffer; returns the bytes used, 0 when more are needed.</summary>
    /// <param name="buffer">The bytes that follow those used before.</param>
    /// <param name="final">No more bytes will come.</param>
    public int Read(ReadOnlySpan<byte> buffer, bool final)
    {
        if (buffer.IsEmpty || (buffer.Length < EventLogLayout.ChunkBytes && !final))
        {
            return 0;
        }

        if (buffer.StartsWith(EventLogLayout.FileSignature))
        {
            return Header(buffer);
        }

        ReadOnlySpan<byte> bytes = buffer[..Math.Min(buffer.Length, EventLogLayout.ChunkBytes)];
        bytes = bytes[..EventLogLayout.ToNextSignature(bytes)];
        Chunk(new(bytes), isCut: bytes.Length == buffer.Length && bytes.Length < EventLogLayout.ChunkBytes);
        _chunksLeft--;
        return bytes.Length;
    }

    private int Header(ReadOnlySpan<byte> buffer)
    {
        int length = EventLogLayout.HeaderBytes(buffer);
        _chunksLeft = EventLogLayout.Chunks(buffer);
        if (length <= buffer.Length)
        {
            account(null, buffer[..length]);
            return length;
        }

        account(RecordResult.DeadLettered(SourceNames.WindowsEvent, Cut), buffer);
        return buffer.Length;
    }

    private void Chunk(EventLogChunk chunk, bool isCut)
    {
        if (chunk.Bytes.IndexOfAnyExcept((byte)0) < 0)
        {
            // Room that was made beforehand, unless the header counts it.
            account(_chunksLeft > 0 ? RecordResult.DeadLettered(SourceNames.WindowsEvent, Emptied) : null, chunk.Bytes);
            return;
        }

        _event.BeginChunk();
        EventLogPieces pieces = new(chunk);
        while (pieces.MoveNext())
        {
            EventLogPiece piece = pieces.Current;
            ReadOnlySpan<byte> bytes = chunk.Bytes.Slice(piece.Start, piece.Length);
            if (piece.Kind == EventLogPieceKind.Structure)
            {
                account(null, bytes);
                continue;
            }

            bool reachesEnd = piece.Start + piece.Length == chunk.Bytes.Length;
            account(
                piece.Kind == EventLogPieceKind.Record
                    ? EventLogRecord.Normalize(chunk.Bytes, piece.Start, piece.Length, _event, context)
                    : RecordResult.DeadLettered(SourceNames.WindowsEvent, Reason(isCut && reachesEnd, piece.Length == chunk.Bytes.Length)),
                bytes);
        }

        if (isCut && chunk.HasHeader && chunk.UsedEnd > chunk.Bytes.Length && pieces.Current.Kind != EventLogPieceKind.Damage)
        {
            account(RecordResult.DeadLettered(SourceNames.WindowsEvent, Cut), default);
        }
    }

    private static string Reason(bool isCut, bool isAll) => isCut ? Cut : isAll ? NoChunk : NoRecord;
}
