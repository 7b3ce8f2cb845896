using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The marks of one channel, packed; the channel, the same for all, once.</summary>
internal sealed class MarksConverter : JsonConverter<IReadOnlyList<SupersessionMark>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<SupersessionMark> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        FactReader packed = new(reader.GetBytesFromBase64());
        SupersessionMark[] marks = new SupersessionMark[packed.Count()];
        ChannelKey channel = default;
        if (marks.Length > 0 && !ChannelKey.TryParse(packed.Text(), out channel))
        {
            throw FactReader.Broken();
        }

        for (int index = 0; index < marks.Length; index++)
        {
            marks[index] = new(channel, new(packed.Id().Value), new(packed.Id().Value), packed.Int(), packed.OneOf(2) == 1);
        }

        return marks;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<SupersessionMark> value, JsonSerializerOptions options)
    {
        FactWriter packed = new();
        packed.Number((ulong)value.Count);
        if (value.Count > 0)
        {
            packed.Text(value[0].Channel.ToString());
        }

        foreach (SupersessionMark mark in value)
        {
            packed.Id(new ObservationId(mark.Network.Value));
            packed.Id(new ObservationId(mark.By.Value));
            packed.Signed(mark.Revision);
            packed.Number(mark.Stands ? 1u : 0u);
        }

        writer.WriteBase64StringValue(packed.Written);
    }
}
