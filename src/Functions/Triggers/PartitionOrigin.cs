using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Triggers;

/// <summary>The partition that a batch of events was read from, as the host says.</summary>
/// <param name="FullyQualifiedNamespace">The event hub's namespace.</param>
/// <param name="EventHubName">The event hub.</param>
/// <param name="ConsumerGroup">Who reads it.</param>
/// <param name="PartitionId">The partition.</param>
internal sealed record PartitionOrigin(string FullyQualifiedNamespace, string EventHubName, string ConsumerGroup, string PartitionId)
{
    private const string BindingName = "PartitionContext";

    /// <summary>Reads it from the trigger's metadata; null where the host does not say, or not in full.</summary>
    public static PartitionOrigin? Of(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.BindingContext.BindingData.TryGetValue(BindingName, out object? value)
            || value?.ToString() is not { Length: > 0 } json)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && Text(document.RootElement, nameof(FullyQualifiedNamespace)) is { } host
                && Text(document.RootElement, nameof(EventHubName)) is { } hub
                && Text(document.RootElement, nameof(ConsumerGroup)) is { } group
                && Text(document.RootElement, nameof(PartitionId)) is { } partition
                ? new(host, hub, group, partition)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name)
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == JsonValueKind.String)
            {
                return member.Value.GetString() is { Length: > 0 } text ? text : null;
            }
        }

        return null;
    }
}
