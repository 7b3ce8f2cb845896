using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>What an entity said, packed.</summary>
internal sealed class OutboxConverter : JsonConverter<IReadOnlyList<OutboxEntry>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<OutboxEntry> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        FactReader packed = new(reader.GetBytesFromBase64());
        OutboxEntry[] entries = new OutboxEntry[packed.Count()];
        for (int index = 0; index < entries.Length; index++)
        {
            entries[index] = new(
                new(packed.Id().Value), packed.Text(), packed.Int(), packed.Hash(), packed.OneOf(2) == 1, packed.Time(), packed.Time(), packed.Time());
        }

        return entries;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<OutboxEntry> value, JsonSerializerOptions options)
    {
        FactWriter packed = new();
        packed.Number((ulong)value.Count);
        foreach (OutboxEntry entry in value)
        {
            packed.Id(new ObservationId(entry.Id.Value));
            packed.Text(entry.AnalyticId);
            packed.Signed(entry.Revision);
            packed.Hash(entry.Content);
            packed.Number(entry.Withdrawn ? 1u : 0u);
            packed.Time(entry.Time);
            packed.Time(entry.WindowStart);
            packed.Time(entry.WindowEnd);
        }

        writer.WriteBase64StringValue(packed.Written);
    }
}
