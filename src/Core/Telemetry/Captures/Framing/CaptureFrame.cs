namespace CipherWatch.Core.Telemetry.Captures.Framing;

/// <summary>What the next bytes of a capture hold.</summary>
internal enum CaptureFrameKind
{
    /// <summary>Not all of it is in the buffer.</summary>
    NeedMore,

    /// <summary>One packet.</summary>
    Packet,

    /// <summary>A block that holds no packet.</summary>
    Other,

    /// <summary>A packet of an interface that was not described, or that is longer than its block.</summary>
    Undescribed,

    /// <summary>The header of a section.</summary>
    Section,

    /// <summary>The header of another capture: several were put into one file.</summary>
    Capture,

    /// <summary>Bytes that no capture has here: nothing behind them can be found.</summary>
    Broken,
}

/// <summary>The next piece of a capture.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Consumed">Bytes of the buffer it uses up.</param>
/// <param name="Start">Offset of the packet's first byte.</param>
/// <param name="Captured">Bytes of the packet that were kept.</param>
/// <param name="Wire">Bytes it had on the wire.</param>
/// <param name="Ticks">When it was captured: ticks (100 ns) since the Unix epoch; the least number there is where that is not said.</param>
/// <param name="Link">Its link type.</param>
internal readonly record struct CaptureFrame(
    CaptureFrameKind Kind, int Consumed, int Start = 0, int Captured = 0, int Wire = 0, long Ticks = 0, int Link = 0)
{
    /// <summary>More bytes are needed.</summary>
    public static readonly CaptureFrame NeedMore = new(CaptureFrameKind.NeedMore, 0);

    /// <summary>Another capture begins here; its header is not used up.</summary>
    public static readonly CaptureFrame Capture = new(CaptureFrameKind.Capture, 0);

    /// <summary>The capture is broken here.</summary>
    public static readonly CaptureFrame Broken = new(CaptureFrameKind.Broken, 0);
}

/// <summary>Cuts a capture into packets. State is what its headers said.</summary>
internal interface ICaptureFramer
{
    /// <summary>The next piece at the start of the buffer.</summary>
    CaptureFrame Next(ReadOnlySpan<byte> buffer);
}
