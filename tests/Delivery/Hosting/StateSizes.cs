using CipherWatch.DeliveryWorker;
using Microsoft.DurableTask.Client.Entities;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>How large the states of entities are.</summary>
internal sealed class StateSizes
{
    private readonly Dictionary<string, (long Count, long Bytes, long Largest)> _byKind = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Entities whose state lies in a blob, which the backend does not read from outside.</summary>
    public int Unread { get; private set; }

    /// <summary>Of a kind: how many entities, characters of their states together, and of the largest.</summary>
    public (long Count, long Bytes, long Largest) Of(string kind) => _byKind.GetValueOrDefault(kind + "Entity");

    /// <summary>Reads the states of all entities there are.</summary>
    public static async Task<StateSizes> ReadAsync(BackendClient client, CancellationToken stop)
    {
        StateSizes sizes = new();
        await foreach (EntityMetadata named in client.Entities.GetAllEntitiesAsync(new() { IncludeState = false }).WithCancellation(stop))
        {
            try
            {
                EntityMetadata? entity = await client.Entities.GetEntityAsync(named.Id, cancellation: stop);
                long bytes = entity?.State?.Value?.Length ?? 0;
                (long count, long all, long largest) = sizes._byKind.GetValueOrDefault(named.Id.Name);
                sizes._byKind[named.Id.Name] = (count + 1, all + bytes, Math.Max(largest, bytes));
            }
            catch (Newtonsoft.Json.JsonException)
            {
                sizes.Unread++;
            }
        }

        return sizes;
    }
}
