using System.Text.Json;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// <c>t</c> time, its clock and the id of the start's record where there is one, packed, <c>e</c> serial, <c>p</c> image, <c>l</c> command
/// line, <c>r</c> parent's image, <c>u</c> user, <c>y</c> signed, <c>b</c> signer, <c>s</c> signing id, <c>j</c> job.
/// </summary>
internal sealed class ImageRunConverter : FactsConverter<ImageRun>
{
    public static readonly ImageRunConverter Instance = new();

    protected override ImageRun Empty => new() { Time = default };

    protected override ImageRun Set(ImageRun facts, string field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case "t":
                FactReader packed = new(reader.GetBytesFromBase64());
                bool isStart = packed.Number() != 0;
                Sighting seen = packed.Sighting();
                return facts with { Time = seen.Time, Started = isStart ? seen.Id : null };
            case "e":
                return facts with { Serial = reader.GetInt64() };
            case "p":
                return facts with { Image = reader.GetString() };
            case "l":
                return facts with { CommandLine = reader.GetString() };
            case "r":
                return facts with { ParentImage = reader.GetString() };
            case "u":
                return facts with { User = reader.GetString() };
            case "y":
                return facts with { Signed = reader.GetBoolean() };
            case "b":
                return facts with { Signer = reader.GetString() };
            case "s":
                return facts with { SigningId = reader.GetString() };
            case "j":
                return facts with { Job = reader.GetString() };
            default:
                return Unknown(facts, ref reader);
        }
    }

    protected override void WriteFields(Utf8JsonWriter writer, ImageRun facts)
    {
        FactWriter packed = new();
        packed.Number(facts.Started is null ? 0UL : 1UL);
        packed.Sighting(new(facts.Started ?? default, facts.Time));
        writer.WriteBase64String("t", packed.Written);
        writer.WriteKnown("e", facts.Serial == 0 ? null : facts.Serial);
        writer.WriteKnown("p", facts.Image);
        writer.WriteKnown("l", facts.CommandLine);
        writer.WriteKnown("r", facts.ParentImage);
        writer.WriteKnown("u", facts.User);
        if (facts.Signed is { } signed)
        {
            writer.WriteBoolean("y", signed);
        }

        writer.WriteKnown("b", facts.Signer);
        writer.WriteKnown("s", facts.SigningId);
        writer.WriteKnown("j", facts.Job);
    }
}
