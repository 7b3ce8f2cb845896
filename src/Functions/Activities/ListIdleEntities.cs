using System.Text.Json;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Entities;
using CipherWatch.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Activities;

/// <summary>An entity that is idle.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Mark">The mark of the state that it was found with.</param>
public sealed record IdleEntity(string Name, string Key, string Mark);

/// <summary>One page of entities that are idle.</summary>
/// <param name="Idle">The entities.</param>
/// <param name="Next">Where the next page begins; null where this is the last.</param>
public sealed record IdlePage(IReadOnlyList<IdleEntity> Idle, string? Next);

/// <summary>Lists entities that nothing was told for long.</summary>
public sealed class ListIdleEntities(ILogger<ListIdleEntities> logger)
{
    /// <summary>Entities of a page: an orchestration calls no more.</summary>
    private const int PageSize = 100;

    /// <summary>Lists one page.</summary>
    [Function(nameof(ListIdleEntities))]
    public async Task<IdlePage> RunAsync(
        [ActivityTrigger] Expiry expiry, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expiry);
        ArgumentNullException.ThrowIfNull(client);
        EntityQuery query = new()
        {
            LastModifiedTo = expiry.IdleSince,
            PageSize = PageSize,
            ContinuationToken = expiry.After,
        };
        (IReadOnlyList<EntityMetadata> entities, string? next) =
            await EntityPages.ReadAsync(client.Entities, query, logger, cancellationToken).ConfigureAwait(false);
        return new([.. entities.Select(Idle).OfType<IdleEntity>()], next);
    }

    /// <summary>What to call; null where it is none of ours, has no state, or one that a newer app wrote.</summary>
    private static IdleEntity? Idle(EntityMetadata entity)
    {
        FactKind? kind = FactKinds.All.FirstOrDefault(
            kind => EntityNames.Of(kind).Equals(entity.Id.Name, StringComparison.OrdinalIgnoreCase));
        if (kind is null || entity.State is not { Value: { } state })
        {
            return null;
        }

        try
        {
            return new(entity.Id.Name, entity.Id.Key, EntityExpiry.MarkOf(kind, state));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
