using System.Globalization;
using Azure.Messaging.EventHubs;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Functions.Triggers;

namespace CipherWatch.Functions.Ingestion;

/// <summary>One body of telemetry: an event of a hub, or of a request.</summary>
/// <param name="Content">Its bytes, as they came.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record IncomingBody(ReadOnlyMemory<byte> Content, BodyOrigin Origin);

/// <summary>What is handled together, whichever way it came.</summary>
/// <param name="Id">Made of where the batch stands, or of what it says: the same each time the same batch comes.</param>
/// <param name="Source">The hub, or the family that a request named.</param>
/// <param name="Bodies">Its bodies, in the order they came.</param>
public sealed record IncomingBatch(string Id, string Source, IReadOnlyList<IncomingBody> Bodies)
{
    /// <summary>What it waits its turn in: its partition, or the family of requests.</summary>
    public string Lane => $"{Source}/{(Bodies is [{ Origin.Partition: { } partition }, ..] ? partition : "requests")}";

    /// <summary>Properties of an event that are kept.</summary>
    private const int MaxProperties = 32;

    /// <summary>Characters of a property that are kept.</summary>
    private const int MaxPropertyChars = 256;

    /// <summary>Events of one partition.</summary>
    /// <param name="family">What the hub is called where the host does not say.</param>
    /// <param name="events">The events, in the order of the partition; at least one.</param>
    /// <param name="partition">The partition; null where the host does not say.</param>
    internal static IncomingBatch OfEvents(string family, IReadOnlyList<EventData> events, PartitionOrigin? partition)
    {
        // Two partitions hold the same sequence numbers: without the partition, the bodies have to tell batches apart.
        string id = partition is null
            ? BatchId.OfBodies(family, events.Select(record => record.EventBody.ToMemory()))
            : BatchId.OfEvents(
                partition.FullyQualifiedNamespace, partition.EventHubName, partition.ConsumerGroup, partition.PartitionId,
                events[0].SequenceNumber, events[^1].SequenceNumber);
        string source = partition?.EventHubName ?? family;
        return new(id, source, [.. events.Select(record => new IncomingBody(record.EventBody.ToMemory(), Origin(record)))]);

        BodyOrigin Origin(EventData record) =>
            new(source, partition?.PartitionId, record.OffsetString, record.SequenceNumber, record.EnqueuedTime, record.PartitionKey)
            {
                ContentType = record.ContentType,
                Properties = PropertiesOf(record),
            };
    }

    /// <summary>The bodies of one request.</summary>
    /// <param name="family">The family that it named.</param>
    /// <param name="bodies">Its content, after decompression: one, or as many as an archive holds.</param>
    /// <param name="contentType">What the sender called it.</param>
    public static IncomingBatch OfRequest(string family, IReadOnlyList<ReadOnlyMemory<byte>> bodies, string? contentType)
    {
        BodyOrigin origin = new(family, null, null, null, null) { ContentType = contentType };
        return new(BatchId.OfBodies(family, bodies), family, [.. bodies.Select(body => new IncomingBody(body, origin))]);
    }

    private static SortedDictionary<string, string> PropertiesOf(EventData record)
    {
        SortedDictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach ((string name, object? value) in record.Properties.Take(MaxProperties))
        {
            properties[Short(name)] = Short(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
        }

        return properties;
    }

    private static string Short(string text) => text.Length <= MaxPropertyChars ? text : text[..MaxPropertyChars];
}
