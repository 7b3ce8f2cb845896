using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>
/// Lists the entities of a test with their states, seven a page. As the Azure Storage backend does, it throws where a page holds one whose
/// state it cannot read.
/// </summary>
internal sealed class EntityLister(EntityHost host, IReadOnlySet<string> unreadable) : DurableEntityClient("test")
{
    private const int PageSize = 7;

    /// <summary>Whether storage is away when an entity is asked for by itself.</summary>
    public bool IsAway { get; init; }

    public override AsyncPageable<EntityMetadata> GetAllEntitiesAsync(EntityQuery? filter = null)
    {
        string prefix = (filter!.InstanceIdStartsWith ?? "@").ToLowerInvariant();
        KeyValuePair<string, string?>[] found = [.. host.States.Where(state => state.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(state => state.Key, StringComparer.Ordinal)];
        return Pageable.Create((token, _, _) =>
        {
            int at = string.IsNullOrEmpty(token) ? 0 : int.Parse(token, CultureInfo.InvariantCulture);
            string? next = at + PageSize < found.Length ? (at + PageSize).ToString(CultureInfo.InvariantCulture) : null;
            return Task.FromResult(new Microsoft.DurableTask.Page<EntityMetadata>(
                [.. found.Skip(at).Take(PageSize).Select(state => Metadata(state, filter.IncludeState))], next));
        });
    }

    public override AsyncPageable<EntityMetadata<T>> GetAllEntitiesAsync<T>(EntityQuery? filter = null) => throw new NotSupportedException();

    public override Task SignalEntityAsync(
        EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null,
        CancellationToken cancellation = default) => throw new NotSupportedException("A signal in flight is lost when the worker dies.");

    public override Task<EntityMetadata?> GetEntityAsync(EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        IsAway ? throw new IOException("No storage.")
            : Task.FromResult<EntityMetadata?>(Metadata(host.States.Single(state => state.Key == id.ToString()), includeState));

    public override Task<EntityMetadata<T>?> GetEntityAsync<T>(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<CleanEntityStorageResult> CleanEntityStorageAsync(
        CleanEntityStorageRequest? request = null, bool continueUntilComplete = true, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    private EntityMetadata Metadata(KeyValuePair<string, string?> state, bool includeState) =>
        includeState && unreadable.Contains(state.Key) ? throw new FormatException("Unexpected character encountered while parsing value: h.")
        : new(EntityInstanceId.FromString(state.Key), !includeState || state.Value is null ? null : new SerializedData(state.Value));
}
