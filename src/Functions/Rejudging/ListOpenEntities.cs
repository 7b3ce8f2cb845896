using System.Globalization;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Functions.Entities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.Extensions.Logging;

namespace CipherWatch.Functions.Rejudging;

/// <summary>Lists the entities that there are, page by page, with an operation for each that tells it nothing.</summary>
public sealed class ListOpenEntities(ILogger<ListOpenEntities> logger)
{
    /// <summary>Entities of a page: an orchestration calls no more, and their states together stay under two megabytes.</summary>
    private const int PageSize = 80;

    /// <summary>Lists one page of one kind.</summary>
    [Function(nameof(ListOpenEntities))]
    public async Task<OpenEntities> RunAsync(
        [ActivityTrigger] ListOpenEntitiesInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(client);
        (int index, string? token) = Place(input.After);
        FactKind kind = FactKinds.All[index];
        EntityQuery query = new()
        {
            InstanceIdStartsWith = $"@{EntityNames.Of(kind)}@",
            PageSize = PageSize,
            ContinuationToken = token,
        };
        (IReadOnlyList<EntityMetadata> entities, string? next) =
            await EntityPages.ReadAsync(client.Entities, query, logger, cancellationToken).ConfigureAwait(false);
        return new(new([.. entities.Select(entity => Operation(kind, entity)).OfType<EntityFacts>()]), Next(index, next));
    }

    private EntityFacts? Operation(FactKind kind, EntityMetadata entity)
    {
        try
        {
            return entity.State is { Value: { } state } ? Reassessment.Of(kind, state) : null;
        }
        catch (System.Text.Json.JsonException exception)
        {
            // A newer app's: that one judges it.
            logger.LogWarning(exception, "The state of {Entity} cannot be read here", entity.Id);
            return null;
        }
    }

    private static string? Next(int index, string? token) =>
        !string.IsNullOrEmpty(token) ? string.Create(CultureInfo.InvariantCulture, $"{index}|{token}")
        : index + 1 < FactKinds.All.Count ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}|")
        : null;

    private static (int Index, string? Token) Place(string? after)
    {
        if (after is null)
        {
            return (0, null);
        }

        int bar = after.IndexOf('|', StringComparison.Ordinal);
        return (int.Parse(after[..bar], CultureInfo.InvariantCulture), after[(bar + 1)..] is { Length: > 0 } token ? token : null);
    }
}

/// <summary>Which page.</summary>
/// <param name="After">Where the page before ended; null for the first.</param>
public sealed record ListOpenEntitiesInput(string? After);

/// <summary>One page of entities.</summary>
/// <param name="Part">An operation for each.</param>
/// <param name="Next">Where the next page begins; null where this is the last.</param>
public sealed record OpenEntities(BatchPart Part, string? Next);
