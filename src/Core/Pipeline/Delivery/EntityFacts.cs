using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>Facts of one entity on their way to it: what it is called with.</summary>
/// <param name="Kind">The kind of the entity.</param>
/// <param name="Facts">The facts.</param>
public sealed record EntityFacts(FactKind Kind, object Facts)
{
    /// <summary>The key of the entity, as text.</summary>
    public string Key => Kind.KeyText(Facts);
}

/// <summary>One field, named by the kind, that holds the facts.</summary>
internal sealed class EntityFactsConverter : JsonConverter<EntityFacts>
{
    /// <inheritdoc/>
    public override EntityFacts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || FactKinds.Named(reader.GetString()) is not { } kind || !reader.Read())
        {
            throw new JsonException("Facts name a kind that is known.");
        }

        EntityFacts facts = new(kind, kind.Read(ref reader));
        reader.Read();
        return facts;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EntityFacts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(value.Kind.Name);
        value.Kind.Write(writer, value.Facts);
        writer.WriteEndObject();
    }
}
