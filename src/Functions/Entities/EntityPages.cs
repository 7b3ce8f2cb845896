using Microsoft.DurableTask;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Entities;

/// <summary>Pages of entities with their states.</summary>
/// <remarks>
/// The Azure Storage backend (DurableTask.AzureStorage 2.11) puts a state that is too large for a table's property into a blob, and a query
/// that meets such an entity throws in place of reading it. One entity must not hide the others of its page. Storage that is away is
/// another thing: it throws without states too, and the page is to be tried again.
/// </remarks>
internal static class EntityPages
{
    /// <summary>Reads one page; of a page that cannot be read whole, entity by entity, without those that cannot be read.</summary>
    /// <param name="client">Where the entities are.</param>
    /// <param name="query">Which, and how many a page.</param>
    /// <param name="logger">Told of each entity that cannot be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<(IReadOnlyList<EntityMetadata> Entities, string? Next)> ReadAsync(
        DurableEntityClient client, EntityQuery query, ILogger logger, CancellationToken cancellation)
    {
        try
        {
            return await PageAsync(client, query with { IncludeState = true }, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "A page of entities cannot be read with its states; each is read by itself");
        }

        (IReadOnlyList<EntityMetadata> named, string? next) =
            await PageAsync(client, query with { IncludeState = false }, cancellation).ConfigureAwait(false);
        List<EntityMetadata> read = [];
        foreach (EntityMetadata entity in named)
        {
            try
            {
                if (await client.GetEntityAsync(entity.Id, includeState: true, cancellation).ConfigureAwait(false) is { } whole)
                {
                    read.Add(whole);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                await client.GetEntityAsync(entity.Id, includeState: false, cancellation).ConfigureAwait(false);
                logger.LogWarning(
                    exception, "{Entity} cannot be read: it neither expires nor is judged again before a record concerns it", entity.Id);
            }
        }

        return (read, next);
    }

    private static async Task<(IReadOnlyList<EntityMetadata> Entities, string? Next)> PageAsync(
        DurableEntityClient client, EntityQuery query, CancellationToken cancellation)
    {
        await foreach (Page<EntityMetadata> page in client.GetAllEntitiesAsync(query)
            .AsPages(query.ContinuationToken, query.PageSize).WithCancellation(cancellation).ConfigureAwait(false))
        {
            return (page.Values, string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return ([], null);
    }
}
