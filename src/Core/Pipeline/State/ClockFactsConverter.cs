using System.Text.Json;
using CipherWatch.Core.Correlation.Clock;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>A host's clocks as an object: <c>h</c> host, <c>s</c> samples, packed.</summary>
internal sealed class ClockFactsConverter : FactsConverter<ClockFacts>
{
    public static readonly ClockFactsConverter Instance = new();

    protected override ClockFacts Empty => new(string.Empty, HostClock.Unknown);

    protected override ClockFacts Set(ClockFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        "h" => facts with { Host = reader.GetString()! },
        "s" => facts with { Clock = reader.GetClock() },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, ClockFacts facts)
    {
        writer.WriteString("h", facts.Host);
        writer.WriteClock("s", facts.Clock);
    }
}
