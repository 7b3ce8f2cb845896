using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Pipeline.Kinds;

namespace CipherWatch.Core.Pipeline.Delivery;

/// <summary>Facts of one entity on their way to it: what it is called with.</summary>
/// <param name="Kind">The kind of the entity.</param>
/// <param name="Facts">The facts.</param>
/// <param name="IsInformed">Whether the journal was asked: an entity that asks it implies nothing before.</param>
public sealed record EntityFacts(FactKind Kind, object Facts, bool IsInformed = false)
{
    /// <summary>The key of the entity, as text.</summary>
    public string Key => Kind.KeyText(Facts);

    /// <summary>What two operations on one entity tell it together.</summary>
    public EntityFacts Merge(EntityFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Kind, Kind.Merge(Facts, other.Facts), IsInformed || other.IsInformed);
    }
}

/// <summary>One field, named by the kind, that holds the facts; then, where it is so, <c>j</c>: the journal was asked.</summary>
internal sealed class EntityFactsConverter : JsonConverter<EntityFacts>
{
    private const string InformedField = "j";

    /// <inheritdoc/>
    public override EntityFacts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || FactKinds.Named(reader.GetString()) is not { } kind
            || !reader.Read())
        {
            throw new JsonException("Facts name a kind that is known.");
        }

        EntityFacts facts = new(kind, kind.Read(ref reader));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            facts = facts with { IsInformed = facts.IsInformed || reader.ValueTextEquals(InformedField) };
            reader.Read();
            reader.Skip();
        }

        return facts;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EntityFacts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(value.Kind.Name);
        value.Kind.Write(writer, value.Facts);
        if (value.IsInformed)
        {
            writer.WriteBoolean(InformedField, true);
        }

        writer.WriteEndObject();
    }
}
