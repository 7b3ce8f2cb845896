using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>What an entity last said of one detection. No judgement reads it: it only numbers what is said.</summary>
/// <param name="Id">The detection.</param>
/// <param name="AnalyticId">Its analytic.</param>
/// <param name="Revision">From 1, raised each time the content changes, a withdrawal among it.</param>
/// <param name="Content">Hash of the content, its revision left out.</param>
/// <param name="Withdrawn">The facts no longer imply it.</param>
/// <param name="Time">Its time as last published.</param>
/// <param name="WindowStart">Its window's start as last published: with the id, what sinks keep it under.</param>
/// <param name="WindowEnd">Its window's end as last published.</param>
public sealed record OutboxEntry(
    DetectionId Id,
    string AnalyticId,
    int Revision,
    ulong Content,
    bool Withdrawn,
    DateTimeOffset Time,
    DateTimeOffset WindowStart,
    DateTimeOffset WindowEnd)
{
    /// <summary>The UTC day it covers.</summary>
    public DateOnly Day => DateOnly.FromDateTime(WindowStart.UtcDateTime);
}
