using System.Text.Json;
using CipherWatch.Core.Correlation.Clock;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>A host's clocks as an object: <c>s</c> samples, packed.</summary>
internal sealed class HostClockConverter : FactsConverter<HostClock>
{
    public static readonly HostClockConverter Instance = new();

    protected override HostClock Empty => HostClock.Unknown;

    protected override HostClock Set(HostClock facts, string field, ref Utf8JsonReader reader) =>
        field == "s" ? reader.GetClock() : Unknown(facts, ref reader);

    protected override void WriteFields(Utf8JsonWriter writer, HostClock facts) => writer.WriteClock("s", facts);
}
