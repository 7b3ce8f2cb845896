using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Channel;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>What an entity keeps, whatever its kind.</summary>
/// <typeparam name="TFacts">Its facts.</typeparam>
/// <param name="Facts">What is known of it; null before the first operation.</param>
/// <param name="Outbox">What was said of it. No judgement reads it.</param>
/// <param name="Said">What it said of others' detections; null where nothing was. No judgement reads it.</param>
public sealed record EntityState<TFacts>(TFacts? Facts, IReadOnlyList<OutboxEntry> Outbox, SaidMarks? Said = null)
    where TFacts : class
{
    /// <summary>Of an entity that nothing is known of.</summary>
    public static readonly EntityState<TFacts> Empty = new(null, []);
}

/// <summary>
/// <c>facts</c>, <c>outbox</c> and <c>said</c>, packed. Of the first schema: a channel's <c>marks</c> stood beside its facts, and a
/// host's clocks were <c>clock</c>.
/// </summary>
internal sealed class EntityStateConverter<TFacts>(FactsConverter<TFacts> facts) : JsonConverter<EntityState<TFacts>>
    where TFacts : class
{
    private const string FactsField = "facts";
    private const string ClockField = "clock";
    private const string MarksField = "marks";
    private const string OutboxField = "outbox";
    private const string SaidField = "said";

    /// <inheritdoc/>
    public override EntityState<TFacts> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        EntityState<TFacts> state = EntityState<TFacts>.Empty;
        IReadOnlyList<SupersessionMark> marks = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            switch (field)
            {
                case FactsField or ClockField when reader.TokenType == JsonTokenType.StartObject:
                    state = state with { Facts = facts.Read(ref reader) };
                    break;
                case MarksField:
                    marks = PackedFacts.ReadMarks(reader.GetBytesFromBase64());
                    break;
                case OutboxField:
                    state = state with { Outbox = PackedFacts.ReadOutbox(reader.GetBytesFromBase64()) };
                    break;
                case SaidField:
                    state = state with { Said = PackedFacts.ReadSaid(reader.GetBytesFromBase64()) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return marks.Count > 0 && state.Facts is ChannelFacts channel
            ? state with { Facts = (TFacts)(object)channel.Merge(new() { Key = channel.Key, Marks = [.. marks] }) }
            : state;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EntityState<TFacts> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Facts is { } known)
        {
            writer.WritePropertyName(FactsField);
            facts.Write(writer, known);
        }

        if (value.Outbox.Count > 0)
        {
            writer.WriteBase64String(OutboxField, PackedFacts.Pack(value.Outbox));
        }

        if (value.Said is { } said && said != SaidMarks.None)
        {
            writer.WriteBase64String(SaidField, PackedFacts.Pack(said));
        }

        writer.WriteEndObject();
    }
}
