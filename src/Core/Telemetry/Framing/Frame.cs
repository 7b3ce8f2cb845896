namespace CipherWatch.Core.Telemetry.Framing;

/// <summary>What kind of text a frame holds.</summary>
internal enum FrameKind
{
    /// <summary>No whole record is in the buffer: more bytes are needed.</summary>
    NeedMore,

    /// <summary>The buffer is used up.</summary>
    End,

    /// <summary>Bytes between records (blank lines, brackets, XML prolog): nothing to read.</summary>
    Between,

    /// <summary>A JSON object opens here; its scan says where it ends.</summary>
    Json,

    /// <summary>One XML element.</summary>
    Xml,

    /// <summary>One line of text.</summary>
    Line,

    /// <summary>A record that does not end, or ends wrongly.</summary>
    Broken,

    /// <summary>An array of records that holds none.</summary>
    Empty,
}

/// <summary>The next piece of the input.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first byte in the buffer.</param>
/// <param name="Length">Its length in bytes, line end excluded; 0 for JSON, whose scan finds it.</param>
/// <param name="Consumed">Bytes of the buffer it uses up, from 0.</param>
/// <param name="Reason">Why it is broken.</param>
internal readonly record struct Frame(FrameKind Kind, int Start, int Length, int Consumed, string? Reason = null)
{
    /// <summary>More bytes are needed.</summary>
    public static readonly Frame NeedMore = new(FrameKind.NeedMore, 0, 0, 0);

    /// <summary>Bytes that are no record.</summary>
    public static Frame Between(int consumed) => new(FrameKind.Between, 0, 0, consumed);

    /// <summary>A piece of the buffer that is no whole record.</summary>
    public static Frame Broken(ReadOnlySpan<byte> buffer, int start, int end, string reason) =>
        new(FrameKind.Broken, start, TrimEnd(buffer[start..end]), end, reason);

    /// <summary>Length of a line without blanks at its end.</summary>
    public static int TrimEnd(ReadOnlySpan<byte> line) =>
        line is [.., > (byte)' '] ? line.Length : line.LastIndexOfAnyExcept(" \t\r\n"u8) + 1;
}
