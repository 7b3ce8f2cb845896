using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;

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
        foreach (FactKind kind in FactKinds.All)
        {
            kind.AddTo(options.Converters);
        }

        options.TypeInfoResolverChain.Add(new KindsResolver());
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>The facts of each kind and the states that hold them, by the converters that the kinds' rows name.</summary>
internal sealed class KindsResolver : IJsonTypeInfoResolver
{
    /// <inheritdoc/>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        FactKinds.All.Select(kind => kind.TypeInfo(type, options)).FirstOrDefault(info => info is not null);
}

/// <summary>The other types that <see cref="FactsJson"/> knows.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(IpAddressConverter), typeof(FlowKeyConverter), typeof(ProcessKeyConverter), typeof(ChannelKeyConverter),
        typeof(ObservationIdConverter), typeof(DetectionIdConverter), typeof(EntityFactsConverter),
        typeof(PrevalenceFactsConverter),
    ])]
[JsonSerializable(typeof(EntityAnswer))]
[JsonSerializable(typeof(BatchPart))]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(JournalQuestions))]
[JsonSerializable(typeof(PrevalenceFacts))]
internal sealed partial class FactsJsonContext : JsonSerializerContext;
