using System.Globalization;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>
/// Ids of orchestrations, made of what they deliver: a batch that is read again after a crash starts the same instance, and an id
/// that has run tells that its batch is delivered.
/// </summary>
public static class BatchId
{
    /// <summary>Of a batch of an event hub's partition.</summary>
    /// <param name="fullyQualifiedNamespace">The event hub's namespace.</param>
    /// <param name="hub">The event hub.</param>
    /// <param name="consumerGroup">Who reads it.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="firstSequence">Sequence number of its first event.</param>
    /// <param name="lastSequence">Sequence number of its last event.</param>
    public static string OfEvents(
        string fullyQualifiedNamespace, string hub, string consumerGroup, string partition, long firstSequence, long lastSequence)
    {
        ContentHash hash = new(stackalloc byte[512]);
        hash.Add("events");
        hash.Add(fullyQualifiedNamespace, ignoreCase: true);
        hash.Add(hub, ignoreCase: true);
        hash.Add(consumerGroup, ignoreCase: true);
        hash.Add(partition);
        hash.Add(firstSequence);
        hash.Add(lastSequence);
        return Text(hash.Finish());
    }

    /// <summary>Of bodies whose place in a stream is not known: of what they say.</summary>
    /// <param name="source">What they came through.</param>
    /// <param name="bodies">Their bytes.</param>
    public static string OfBodies(string source, IEnumerable<ReadOnlyMemory<byte>> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        ContentHash hash = new(stackalloc byte[512]);
        hash.Add("bodies");
        hash.Add(source);
        foreach (ReadOnlyMemory<byte> body in bodies)
        {
            hash.Add(body.Span);
        }

        return Text(hash.Finish());
    }

    /// <summary>Of one part of a batch: its place, and a hash of what it delivers.</summary>
    /// <remarks>
    /// The hash is there for a batch that is read again by a later version of the app, which cuts or reads it otherwise: what the one
    /// before delivered under this place is not what this part would.
    /// </remarks>
    public static string Part(string batch, int index, BatchPart part)
    {
        ContentHash hash = new(stackalloc byte[512]);
        hash.Add(FactsJson.SerializeToUtf8(part));
        return string.Create(CultureInfo.InvariantCulture, $"{batch}-{index}-{(ulong)hash.Finish():x16}");
    }

    private static string Text(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);
}
