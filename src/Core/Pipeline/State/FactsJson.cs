using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Pipeline.Delivery;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// JSON of everything that durable entities keep and are called with. Compact: field names of one letter (listed at each
/// converter), ids and times packed, defaults left out. No reflection.
/// </summary>
public static class FactsJson
{
    /// <summary>How it is written and read.</summary>
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>A value as JSON.</summary>
    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>());

    /// <summary>A value as the UTF-8 bytes of its JSON.</summary>
    public static byte[] SerializeToUtf8<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    /// <summary>A value from its JSON.</summary>
    /// <exception cref="JsonException">It is not what was written.</exception>
    public static T Deserialize<T>(string json) =>
        JsonSerializer.Deserialize(json, TypeInfo<T>()) ?? throw new JsonException("Null is no value.");

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(FactsJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>The types that <see cref="FactsJson"/> knows.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(IpAddressConverter), typeof(FlowKeyConverter), typeof(ProcessKeyConverter), typeof(ChannelKeyConverter),
        typeof(ObservationIdConverter), typeof(DetectionIdConverter), typeof(HostClockConverter), typeof(FlowSummaryConverter),
        typeof(FlowFactsConverter), typeof(ChannelFactsConverter), typeof(ProcessFactsConverter),
    ])]
[JsonSerializable(typeof(ProcessFacts))]
[JsonSerializable(typeof(FlowFacts))]
[JsonSerializable(typeof(ChannelFacts))]
[JsonSerializable(typeof(HostClock))]
[JsonSerializable(typeof(ClockState))]
[JsonSerializable(typeof(FlowState))]
[JsonSerializable(typeof(ProcessState))]
[JsonSerializable(typeof(ChannelState))]
[JsonSerializable(typeof(ProcessOperation))]
[JsonSerializable(typeof(ChannelOperation))]
[JsonSerializable(typeof(EntityAnswer))]
[JsonSerializable(typeof(BatchPart))]
[JsonSerializable(typeof(Publication))]
internal sealed partial class FactsJsonContext : JsonSerializerContext;
