using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// What a process last said of channels' detections. No judgement reads it: it numbers what is said, and remembers to whom, as flows on
/// which it rested may be crowded out and what was said then has to be taken back.
/// </summary>
/// <param name="Revision">Raised each time something said before no longer holds: the mark of the later revision does.</param>
/// <param name="Marks">What was said, what was taken back among it: taking back is repeated, as it may not have arrived.</param>
public sealed record SaidMarks(int Revision, ImmutableArray<SaidMark> Marks)
{
    /// <summary>Marks remembered: what a process says now, then what it took back, the latest days first.</summary>
    public const int Capacity = 16;

    /// <summary>Of a process that said nothing.</summary>
    public static readonly SaidMarks None = new(0, []);
}

/// <summary>What was said of one channel and day.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="By">The process's detection, or what it would have been where random payload is expected.</param>
/// <param name="Holds">Whether it covers the network-only detection or expects its payload; else that was taken back.</param>
public readonly record struct SaidMark(ChannelKey Channel, DateOnly Day, DetectionId By, bool Holds);
