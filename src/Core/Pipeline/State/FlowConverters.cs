using System.Collections.Immutable;
using System.Text.Json;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// <c>k</c> key and day, packed, or <c>t</c> day alone, <c>s</c> seen, <c>o</c> who opened it (1 the first end, 2 the second), <c>a</c> and
/// <c>b</c> bytes of the first and second end, <c>d</c> records that add up, packed, <c>l</c> how long it stayed up, <c>h</c> handshake,
/// <c>p</c> applications, <c>n</c> server name, <c>y</c> payload samples, packed.
/// </summary>
internal sealed class FlowSummaryConverter : FactsConverter<FlowSummary>
{
    public static readonly FlowSummaryConverter Instance = new();

    private const int First = 1;
    private const int Second = 2;

    protected override FlowSummary Empty => new() { Day = 0 };

    protected override FlowSummary Set(FlowSummary facts, string field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case "k":
                FactReader key = new(reader.GetBytesFromBase64());
                (FlowKey flow, int day) = PackedFacts.ReadFlow(ref key);
                return facts with { Key = flow, Day = day };
            case "t":
                return facts with { Day = reader.GetInt32() };
            case "s":
                return facts with { Seen = reader.GetSightings() };
            case "o":
                int ends = reader.GetInt32();
                return facts with { FirstInitiates = (ends & First) != 0, SecondInitiates = (ends & Second) != 0 };
            case "a":
                return facts with { FirstBytes = reader.GetInt64() };
            case "b":
                return facts with { SecondBytes = reader.GetInt64() };
            case "d":
                FactReader deltas = new(reader.GetBytesFromBase64());
                return facts with { Deltas = PackedDeltas.Read(ref deltas) };
            case "l":
                return facts with { DurationMs = reader.GetInt64() };
            case "h":
                return facts with { Handshake = (Handshake)reader.GetInt32() };
            case "p":
                return facts with { Applications = ReadNames(ref reader) };
            case "n":
                return facts with { ServerName = reader.GetString() };
            case "y":
                FactReader packed = new(reader.GetBytesFromBase64());
                return facts with { Payloads = PackedFacts.ReadPayloads(ref packed) };
            default:
                return Unknown(facts, ref reader);
        }
    }

    protected override void WriteFields(Utf8JsonWriter writer, FlowSummary facts)
    {
        if (facts.Key == default)
        {
            writer.WriteNumber("t", facts.Day);
        }
        else
        {
            FactWriter key = new();
            PackedFacts.Write(ref key, facts.Key, facts.Day);
            writer.WriteBase64String("k", key.Written);
        }

        writer.WriteSightings("s", facts.Seen);
        int ends = (facts.FirstInitiates ? First : 0) | (facts.SecondInitiates ? Second : 0);
        writer.WriteKnown("o", ends == 0 ? null : ends);
        writer.WriteKnown("a", facts.FirstBytes);
        writer.WriteKnown("b", facts.SecondBytes);
        if (!facts.Deltas.IsEmpty)
        {
            FactWriter deltas = new();
            PackedDeltas.Write(ref deltas, facts.Deltas);
            writer.WriteBase64String("d", deltas.Written);
        }

        writer.WriteKnown("l", facts.DurationMs);
        writer.WriteKnown("h", facts.Handshake == Handshake.Unknown ? null : (int)facts.Handshake);
        if (!facts.Applications.IsEmpty)
        {
            writer.WriteStartArray("p");
            foreach (string name in facts.Applications)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        writer.WriteKnown("n", facts.ServerName);
        if (!facts.Payloads.IsEmpty)
        {
            FactWriter packed = new();
            PackedFacts.Write(ref packed, facts.Payloads);
            writer.WriteBase64String("y", packed.Written);
        }
    }

    private static ImmutableArray<string> ReadNames(ref Utf8JsonReader reader)
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(reader.GetString()!);
        }

        return names.DrainToImmutable();
    }
}

/// <summary><c>k</c> process, <c>c</c> its connections on the flow.</summary>
internal sealed class FlowOwnerConverter : FactsConverter<FlowOwner>
{
    public static readonly FlowOwnerConverter Instance = new();

    protected override FlowOwner Empty => new(default, Sightings.None);

    protected override FlowOwner Set(FlowOwner facts, string field, ref Utf8JsonReader reader) => field switch
    {
        "k" => facts with { Key = Known<ProcessKey>(ProcessKey.TryParse(reader.GetString(), out ProcessKey key) ? key : null) },
        "c" => facts with { Connections = reader.GetSightings() },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, FlowOwner facts)
    {
        writer.WriteString("k", facts.Key.ToString());
        writer.WriteSightings("c", facts.Connections);
    }
}

/// <summary><c>v</c> schema, <c>k</c> key, or <c>i</c> id where that is all that is known, <c>d</c> days, <c>o</c> owners.</summary>
internal sealed class FlowFactsConverter : FactsConverter<FlowFacts>
{
    public static readonly FlowFactsConverter Instance = new();

    protected override FlowFacts Empty => new() { Id = default };

    protected override int MaxSchema => FlowFacts.CurrentSchema;

    protected override int SchemaOf(FlowFacts facts) => facts.SchemaVersion;

    protected override FlowFacts Set(FlowFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        SchemaField => facts with { SchemaVersion = reader.GetInt32() },
        "k" => Known(KeyText.Flow(reader.GetString()!)) is var key ? facts with { Id = FlowId.Of(key), Key = key } : facts,
        "i" => facts with { Id = Known<FlowId>(FlowId.TryParseHex(reader.GetString(), out FlowId id) ? id : null) },
        "d" => facts with { Days = FlowSummaryConverter.Instance.ReadArray(ref reader) },
        "o" => facts with { Owners = FlowOwnerConverter.Instance.ReadArray(ref reader) },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, FlowFacts facts)
    {
        writer.WriteNumber(SchemaField, facts.SchemaVersion);
        writer.WriteString(facts.Key is null ? "i" : "k", facts.Key?.ToString() ?? facts.Id.ToString());
        FlowSummaryConverter.Instance.WriteArray(writer, "d", facts.Days);
        FlowOwnerConverter.Instance.WriteArray(writer, "o", facts.Owners);
    }
}
