using System.Globalization;

namespace CipherWatch.Functions.Ingestion;

/// <summary>Where a body came from, whichever way it came.</summary>
/// <param name="Source">The hub, or the family that a request named.</param>
/// <param name="Partition">The hub's partition; null for a request.</param>
/// <param name="Offset">The event's offset in its partition; null for a request.</param>
/// <param name="SequenceNumber">The event's sequence number; null for a request.</param>
/// <param name="EnqueuedTime">When the hub took it; null for a request.</param>
/// <param name="PartitionKey">
/// The key it was published with, by which a publisher tells its hosts or exporters apart; null where it has none.
/// </param>
public sealed record BodyOrigin(
    string Source, string? Partition, string? Offset, long? SequenceNumber, DateTimeOffset? EnqueuedTime, string? PartitionKey = null)
{
    /// <summary>Before anything was read.</summary>
    public static readonly BodyOrigin Unknown = new("unknown", null, null, null, null);

    /// <summary>The content type that the sender gave, for a person who looks at a dead letter: formats are told by content. Null where
    /// it gave none.</summary>
    public string? ContentType { get; init; }

    /// <summary>What the sender wrote beside the body, as text, in name order; empty for a request.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Who sent it, as far as is known: templates of export datagrams are kept by it.</summary>
    public string Sender => $"{Source}/{Partition}/{PartitionKey}";

    /// <summary>What to call it in messages.</summary>
    public string Name => Partition is null
        ? Source
        : string.Create(CultureInfo.InvariantCulture, $"{Source}/{Partition}@{Offset ?? "?"}");
}
