using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>Cuts a chunk into its records and what stands between them, every byte of it, in order.</summary>
/// <remarks>
/// A record is believed when its length and the copy of it agree, or when another record or free space begins where it ends. One
/// whose length was never written ends where the next begins, or free space: its content says whether it is whole.
/// </remarks>
internal ref struct EventLogPieces(EventLogChunk chunk)
{
    private readonly EventLogChunk _chunk = chunk;
    private int _at;
    private ulong _lastId;

    /// <summary>The piece that was found last.</summary>
    public EventLogPiece Current { get; private set; }

    /// <summary>Finds the next piece; false behind the last.</summary>
    public bool MoveNext()
    {
        ReadOnlySpan<byte> bytes = _chunk.Bytes;
        if (_at >= bytes.Length)
        {
            return false;
        }

        if (_at < _chunk.FirstRecord)
        {
            return Take(EventLogPieceKind.Structure, _chunk.FirstRecord);
        }

        if (LengthAt(_at) is > 0 and var length && (_at < _chunk.UsedEnd || _at == _chunk.FirstRecord || IdAt(_at) == _lastId + 1))
        {
            _lastId = IdAt(_at);
            return Take(EventLogPieceKind.Record, _at + length);
        }

        return _at >= _chunk.UsedEnd ? Take(EventLogPieceKind.Structure, bytes.Length) : Gap(bytes);
    }

    /// <summary>What stands where a record should: one without its length, damage, or zeros that are no record's place.</summary>
    private bool Gap(ReadOnlySpan<byte> bytes)
    {
        int end = Math.Min(_chunk.UsedEnd, bytes.Length);
        int next = NextRecord(end);
        bool isLast = next < 0;
        next = isLast ? end : next;
        if (LacksItsLength(next))
        {
            _lastId = IdAt(_at);
            return Take(EventLogPieceKind.Record, next);
        }

        bool isZero = bytes[_at..next].IndexOfAnyExcept((byte)0) < 0;
        bool isExpected = _chunk.HasHeader && !(isLast && _lastId >= _chunk.LastRecordId);
        return Take(isZero && !isExpected ? EventLogPieceKind.Structure : EventLogPieceKind.Damage, next);
    }

    private readonly bool LacksItsLength(int next) =>
        next - _at >= EventLogLayout.MinRecordBytes && _chunk.Bytes[_at..].StartsWith(EventLogLayout.RecordSignature)
        && BinaryPrimitives.ReadUInt32LittleEndian(_chunk.Bytes[(_at + sizeof(uint))..]) == 0;

    private readonly int NextRecord(int end)
    {
        int at = _at + 1;
        while (at < end && _chunk.Bytes[at..end].IndexOf(EventLogLayout.RecordSignature) is var found and >= 0)
        {
            at += found;
            if (LengthAt(at) > 0)
            {
                return at;
            }

            at++;
        }

        return -1;
    }

    /// <summary>The length of the record that starts at an offset; 0 when none does.</summary>
    private readonly int LengthAt(int at)
    {
        ReadOnlySpan<byte> bytes = _chunk.Bytes[at..];
        if (bytes.Length < EventLogLayout.MinRecordBytes || !bytes.StartsWith(EventLogLayout.RecordSignature))
        {
            return 0;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]);
        if (length < EventLogLayout.MinRecordBytes || length > bytes.Length)
        {
            return 0;
        }

        int end = (int)length;
        bool isSure = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(end - sizeof(uint))..]) == length
            || (_chunk.HasHeader && at + end == _chunk.UsedEnd)
            || bytes[end..].StartsWith(EventLogLayout.RecordSignature);
        return isSure ? end : 0;
    }

    private readonly ulong IdAt(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_chunk.Bytes[(at + (2 * sizeof(uint)))..]);

    private bool Take(EventLogPieceKind kind, int end)
    {
        end = Math.Min(end, _chunk.Bytes.Length);
        Current = new(kind, _at, end - _at);
        _at = end;
        return true;
    }
}
