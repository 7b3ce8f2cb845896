using Azure.Core.Amqp;
using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Stands in for the converter of that package: events from the AMQP messages in which the host hands them over.</summary>
#pragma warning disable AZFW0009 // The rule is for apps; this stands in for an extension.
[SupportsDeferredBinding]
#pragma warning restore AZFW0009
[SupportedTargetType(typeof(EventData))]
[SupportedTargetType(typeof(EventData[]))]
internal sealed class EventDataConverter : IInputConverter
{
    private const string Source = "AzureEventHubsEventData";
    private const string ContentType = "application/octet-stream";

    /// <inheritdoc/>
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return new(context.Source switch
            {
                ModelBindingData message => ConversionResult.Success(Event(message)),
                CollectionModelBindingData batch => ConversionResult.Success(Array.ConvertAll(batch.ModelBindingData, Event)),
                _ => ConversionResult.Unhandled(),
            });
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            return new(ConversionResult.Failed(exception));
        }
    }

    private static EventData Event(ModelBindingData message) => message is { Source: Source, ContentType: ContentType }
        ? new(AmqpAnnotatedMessage.FromBytes(message.Content))
        : throw new InvalidOperationException(
            $"No event of an event hub: source '{message.Source}', content type '{message.ContentType}'.");
}
