using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Core;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Events as the host hands them over to the worker: each an AMQP message, annotations and all.</summary>
internal sealed class HandedOver(params EventData[] events) : CollectionModelBindingData
{
    public override ModelBindingData[] ModelBindingData { get; } = [.. events.Select(data => new Message(data))];

    /// <summary>Converts them as the worker does, by the converter that the trigger's attribute names.</summary>
    public async Task<ConversionResult> ConvertAsync(Attribute trigger)
    {
        InputConverterAttribute named = Assert.Single(trigger.GetType().GetCustomAttributes(false).OfType<InputConverterAttribute>());
        IInputConverter converter = (IInputConverter)Activator.CreateInstance(named.ConverterType, nonPublic: true)!;
        return await converter.ConvertAsync(new Context(this));
    }

    private sealed class Message(EventData data) : ModelBindingData
    {
        public override string Version => "1.0";

        public override string Source => "AzureEventHubsEventData";

        public override string ContentType => "application/octet-stream";

        public override BinaryData Content { get; } = data.GetRawAmqpMessage().ToBytes();
    }

    private sealed class Context(HandedOver batch) : ConverterContext
    {
        public override Type TargetType => typeof(EventData[]);

        public override object? Source => batch;

        public override FunctionContext FunctionContext => throw new NotSupportedException();

        public override IReadOnlyDictionary<string, object> Properties { get; } = new Dictionary<string, object>();
    }
}
