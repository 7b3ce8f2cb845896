using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// Facts as a JSON object of short names, defaults left out. Written by hand: a generated reader would set every property that is
/// absent to nothing instead of to its default.
/// </summary>
internal abstract class FactsConverter<T> : JsonConverter<T>
    where T : class
{
    /// <summary>The version of a state's shape: written first.</summary>
    protected const string SchemaField = "v";

    /// <summary>What an empty object stands for.</summary>
    protected abstract T Empty { get; }

    /// <summary>The facts with one more field, whose value the reader stands on.</summary>
    protected abstract T Set(T facts, string field, ref Utf8JsonReader reader);

    /// <summary>Writes the fields that are not at their defaults.</summary>
    protected abstract void WriteFields(Utf8JsonWriter writer, T facts);

    /// <summary>The latest version of the shape that this reads; what is newer fails, so that it is not overwritten by less.</summary>
    protected virtual int MaxSchema => int.MaxValue;

    /// <summary>The version of the shape that facts were read in.</summary>
    protected virtual int SchemaOf(T facts) => 0;

    /// <summary>Facts once all of them were read: in the current shape, whatever the shape they were written in.</summary>
    protected virtual T Finish(T facts) => facts;

    /// <summary>Reads one object.</summary>
    public T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Facts are one object.");
        }

        T facts = Empty;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            facts = Set(facts, field, ref reader);
            if (field == SchemaField && SchemaOf(facts) > MaxSchema)
            {
                throw new JsonException(
                    $"A state of schema {SchemaOf(facts)}: a later version of the app wrote it, and this one reads up to {MaxSchema}.");
            }
        }

        return Finish(facts);
    }

    /// <summary>Reads an array of objects.</summary>
    public ImmutableArray<T> ReadArray(ref Utf8JsonReader reader)
    {
        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            items.Add(Read(ref reader));
        }

        return items.DrainToImmutable();
    }

    /// <summary>Writes one object.</summary>
    public void Write(Utf8JsonWriter writer, T facts)
    {
        writer.WriteStartObject();
        WriteFields(writer, facts);
        writer.WriteEndObject();
    }

    /// <summary>Writes an array of objects, where there are any.</summary>
    public void WriteArray(Utf8JsonWriter writer, string field, ImmutableArray<T> items)
    {
        if (items.IsDefaultOrEmpty)
        {
            return;
        }

        writer.WriteStartArray(field);
        foreach (T item in items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <inheritdoc/>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Passes over a field of a later version.</summary>
    protected static T Unknown(T facts, ref Utf8JsonReader reader)
    {
        reader.Skip();
        return facts;
    }

    /// <summary>The value, or what to throw where a key is none.</summary>
    protected static TKey Known<TKey>(TKey? key)
        where TKey : struct => key ?? throw new JsonException("A key cannot be read.");
}

/// <summary>Reads and writes the fields that several facts have.</summary>
internal static class FactFields
{
    /// <summary>Writes sightings, packed, where there are any.</summary>
    public static void WriteSightings(this Utf8JsonWriter writer, string field, Sightings sightings)
    {
        if (sightings.Sample.IsEmpty && sightings.First is null && sightings.Last is null)
        {
            return;
        }

        FactWriter packed = new();
        PackedFacts.Write(ref packed, sightings);
        writer.WriteBase64String(field, packed.Written);
    }

    /// <summary>Reads packed sightings.</summary>
    public static Sightings GetSightings(this ref Utf8JsonReader reader)
    {
        FactReader packed = new(reader.GetBytesFromBase64());
        return PackedFacts.ReadSightings(ref packed);
    }

    /// <summary>Writes a host's clocks, packed, where anything is known of them.</summary>
    public static void WriteClock(this Utf8JsonWriter writer, string field, HostClock clock)
    {
        if (!clock.Samples.IsEmpty)
        {
            FactWriter packed = new();
            PackedFacts.Write(ref packed, clock);
            writer.WriteBase64String(field, packed.Written);
        }
    }

    /// <summary>Reads packed clocks.</summary>
    public static HostClock GetClock(this ref Utf8JsonReader reader)
    {
        FactReader packed = new(reader.GetBytesFromBase64());
        return PackedFacts.ReadClock(ref packed);
    }

    /// <summary>Writes a text, where there is one.</summary>
    public static void WriteKnown(this Utf8JsonWriter writer, string field, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(field, text);
        }
    }

    /// <summary>Writes a number, where there is one.</summary>
    public static void WriteKnown(this Utf8JsonWriter writer, string field, long? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(field, known);
        }
    }
}
