using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Functions.Ingestion;

namespace CipherWatch.Functions.Health;

/// <summary>A day's tally as JSON, for the table that instances keep theirs in.</summary>
internal static class TallyJson
{
    /// <summary>Writes one.</summary>
    public static string Write(DayTally day)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("deadLetters", day.DeadLetters);
            writer.WriteNumber("unread", day.Unread);
            writer.WriteNumber("undelivered", day.Undelivered);
            writer.WriteStartObject("sources");
            foreach ((string source, LastSeen seen) in day.Sources)
            {
                writer.WriteStartObject(source);
                Time(writer, "event", seen.Event);
                Time(writer, "received", seen.Received);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            Numbers(writer, "records", day.Records);
            Numbers(writer, "gaps", day.Gaps.Counts);
            writer.WriteStartObject("sinks");
            foreach ((string sink, SinkState state) in day.Sinks)
            {
                writer.WriteStartObject(sink);
                Time(writer, "time", state.Time);
                writer.WriteString("fault", state.Fault);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads one back.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DayTally Read(DateOnly day, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        DayTally tally = new()
        {
            Day = day,
            DeadLetters = root.GetProperty("deadLetters").GetInt64(),
            Unread = root.GetProperty("unread").GetInt64(),

            // Earlier versions of the app did not note it.
            Undelivered = root.TryGetProperty("undelivered", out JsonElement undelivered) ? undelivered.GetInt64() : 0,
        };
        foreach (JsonProperty source in root.GetProperty("sources").EnumerateObject())
        {
            tally.Sources[source.Name] = new(Time(source.Value, "event"), Time(source.Value, "received"));
        }

        foreach (JsonProperty source in root.GetProperty("records").EnumerateObject())
        {
            tally.Records[source.Name] = source.Value.GetInt64();
        }

        foreach (JsonProperty seen in root.GetProperty("gaps").EnumerateObject())
        {
            tally.Gaps.Add(seen.Name, seen.Value.GetInt64());
        }

        foreach (JsonProperty sink in root.GetProperty("sinks").EnumerateObject())
        {
            tally.Sinks[sink.Name] = new(
                Time(sink.Value, "time") ?? DateTimeOffset.MinValue, sink.Value.GetProperty("fault").GetString());
        }

        return tally;
    }

    /// <summary>Writes a time where there is one.</summary>
    public static void Time(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, ObservationJson.Iso(value));
        }
    }

    private static DateTimeOffset? Time(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement time)
        ? DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture)
        : null;

    private static void Numbers(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> numbers)
    {
        writer.WriteStartObject(name);
        foreach ((string key, long number) in numbers)
        {
            writer.WriteNumber(key, number);
        }

        writer.WriteEndObject();
    }
}
