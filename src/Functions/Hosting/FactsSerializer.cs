using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Azure.Core.Serialization;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Functions.Hosting;

/// <summary>The one serializer of the worker: facts by their own JSON, what the framework passes by its usual one.</summary>
internal static class FactsSerializer
{
    private static readonly IJsonTypeInfoResolver Resolver =
        JsonTypeInfoResolver.Combine(FactsJson.Options.TypeInfoResolver, new DefaultJsonTypeInfoResolver());

    /// <summary>How everything that crosses the worker's border is written.</summary>
    public static readonly JsonSerializerOptions Options = new(FactsJson.Options)
    {
        TypeInfoResolver = Resolver,
        PropertyNameCaseInsensitive = true,
    };

    /// <summary>The same, as the worker takes it.</summary>
    public static readonly ObjectSerializer Instance = new JsonObjectSerializer(Options);

    /// <summary>Lets other options of the worker read facts: an orchestration's input is read by these, not by its serializer.</summary>
    public static void AddTo(JsonSerializerOptions options)
    {
        options.TypeInfoResolver = Resolver;
        foreach (JsonConverter converter in FactsJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
