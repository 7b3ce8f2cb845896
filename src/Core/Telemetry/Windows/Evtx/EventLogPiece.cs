namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>What stands at a place of a chunk.</summary>
internal enum EventLogPieceKind
{
    /// <summary>A record.</summary>
    Record,

    /// <summary>Bytes where a record should stand, which are none.</summary>
    Damage,

    /// <summary>The chunk's header, free space, or padding: no record is lost in it.</summary>
    Structure,
}

/// <summary>A stretch of a chunk.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first byte within the chunk.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct EventLogPiece(EventLogPieceKind Kind, int Start, int Length);
