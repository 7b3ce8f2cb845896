using System.Collections.Concurrent;
using CipherWatch.Core.Pipeline.Delivery;

namespace CipherWatch.Functions.Activities;

/// <summary>
/// Entities that will be looked at again, because they asked shortly before: one that asks with every batch is not looked at three times
/// for each of them.
/// </summary>
/// <remarks>
/// This worker's memory alone: another one, or the same after a restart, looks once more, which changes nothing. What is left out is
/// covered by looks that began at most <see cref="Window"/> earlier, and these end that much later than a day after they began.
/// </remarks>
public sealed class RecentLooks(TimeProvider clock)
{
    /// <summary>
    /// How long a look that was begun stands for those that ask after it: the first wait, so that the horizon stays a day.
    /// </summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Entities that are remembered: beyond, all are forgotten and looked at once more.</summary>
    private const int MaxEntities = 100_000;

    private readonly ConcurrentDictionary<(string Kind, string Key), DateTimeOffset> _begun = new();

    /// <summary>Those of some entities that no look covers.</summary>
    public IReadOnlyList<EntityFacts> Uncovered(IReadOnlyList<EntityFacts> entities)
    {
        DateTimeOffset since = clock.GetUtcNow() - Window;
        return [.. entities.Where(entity => !_begun.TryGetValue((entity.Kind.Name, entity.Key), out DateTimeOffset begun)
            || begun < since)];
    }

    /// <summary>Notes that a look at some entities was begun.</summary>
    public void Add(IReadOnlyList<EntityFacts> entities)
    {
        if (_begun.Count > MaxEntities)
        {
            _begun.Clear();
        }

        DateTimeOffset now = clock.GetUtcNow();
        foreach (EntityFacts entity in entities)
        {
            _begun[(entity.Kind.Name, entity.Key)] = now;
        }
    }
}
