using System.Globalization;

namespace CipherWatch.Functions.Ingestion;

/// <summary>Where a body came from.</summary>
/// <param name="Source">The hub, or the source that a request named.</param>
/// <param name="Partition">The hub's partition; null for a request.</param>
/// <param name="Offset">The event's offset in its partition; null for a request.</param>
/// <param name="SequenceNumber">The event's sequence number; null for a request.</param>
/// <param name="EnqueuedTime">When the hub took it; null for a request.</param>
public sealed record BodyOrigin(string Source, string? Partition, string? Offset, long? SequenceNumber, DateTimeOffset? EnqueuedTime)
{
    /// <summary>Before anything was read.</summary>
    public static readonly BodyOrigin Unknown = new("unknown", null, null, null, null);

    /// <summary>What to call it in messages.</summary>
    public string Name => Partition is null
        ? Source
        : string.Create(CultureInfo.InvariantCulture, $"{Source}/{Partition}@{Offset ?? "?"}");
}
