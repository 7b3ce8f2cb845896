using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Stands in for the trigger attribute of Microsoft.Azure.Functions.Worker.Extensions.EventHubs where that package is not served:
/// the same names and binding capabilities, so that the triggers compile, are found and are tested. The host serves no such trigger.
/// </summary>
/// <remarks>
/// After the public reference: https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-hubs-trigger
/// (attributes of the isolated worker model; binding to types of the SDK; retry policies at the level of a function).
/// </remarks>
/// <param name="eventHubName">The event hub, or an application setting in percent signs that names it.</param>
[InputConverter(typeof(EventDataConverter))]
[ConverterFallbackBehavior(ConverterFallbackBehavior.Default)]
[BindingCapabilities(KnownBindingCapabilities.FunctionLevelRetry)]
internal sealed class EventHubTriggerAttribute(string eventHubName) : TriggerBindingAttribute, ISupportCardinality
{
    /// <summary>The event hub.</summary>
    public string EventHubName { get; } = eventHubName;

    /// <summary>Prefix of the settings of its connection.</summary>
    public string? Connection { get; set; }

    /// <summary>The consumer group; <c>$Default</c> where there is none.</summary>
    public string? ConsumerGroup { get; set; }

    /// <summary>Whether the function takes a batch of events at a time.</summary>
    [DefaultValue(true)]
    public bool IsBatched { get; set; } = true;

    /// <inheritdoc/>
    Cardinality ISupportCardinality.Cardinality
    {
        get => IsBatched ? Cardinality.Many : Cardinality.One;
        set => IsBatched = value == Cardinality.Many;
    }
}
