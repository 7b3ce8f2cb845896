using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Core.Serialization;
using CipherWatch.Core.Correlation.State;

namespace CipherWatch.Functions.Hosting;

/// <summary>The one serializer of the worker: facts by their own JSON, what the framework passes by its usual one.</summary>
internal static class FactsSerializer
{
    /// <summary>How everything that crosses the worker's border is written.</summary>
    public static readonly JsonSerializerOptions Options = new(FactsJson.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(FactsJson.Options.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
        PropertyNameCaseInsensitive = true,
    };

    /// <summary>The same, as the worker takes it.</summary>
    public static readonly ObjectSerializer Instance = new JsonObjectSerializer(Options);
}
