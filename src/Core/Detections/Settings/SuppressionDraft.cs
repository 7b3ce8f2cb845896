using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>
/// A suppression for a detection that a person knows to be wanted: its process, host and destination, so that tomorrow's detection of the
/// same fits it too and nothing else does.
/// </summary>
public static class SuppressionDraft
{
    /// <summary>The members of the entry, without reason, author and expiry, in the order of the file.</summary>
    /// <remarks>
    /// A finding of the network has no process: its source and destination address are its scope. A name there is the client's own word,
    /// which an implant chooses.
    /// </remarks>
    public static IReadOnlyList<(string Name, string Value)> Scope(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        string? image = detection.Process?.Image;
        string? host = detection.Host ?? Source(detection);
        List<(string Name, string Value)> members = [];
        Add("process", image);
        Add("host", host);
        Add("destination", detection.Destination is { } destination ? Where(destination, image is not null) : null);
        if (image is null && detection.Destination is null)
        {
            Add("detectionId", detection.DetectionId.ToString());
        }

        return members;

        void Add(string name, string? value)
        {
            if (value is { Length: > 0 })
            {
                members.Add((name, value));
            }
        }
    }

    /// <summary>An entry as one line of JSON.</summary>
    public static string Json(IEnumerable<(string Name, string Value)> members) =>
        Line(members.Select(member => new SettingsEntry(SettingsEntry.Quoted(member.Value), member.Name)));

    /// <summary>An entry that somebody sent, on one line, with who sent it as the author where it names none.</summary>
    /// <param name="entry">The entry, a JSON object; that its members are right is for <see cref="SettingsFile"/> to say.</param>
    /// <param name="author">Who sent it; null where that is not known.</param>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static string Json(ReadOnlyMemory<byte> entry, string? author)
    {
        using JsonDocument document = JsonDocument.Parse(entry);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A suppression is one JSON object.");
        }

        try
        {
            List<SettingsEntry> members =
                [.. root.EnumerateObject().Select(member => new SettingsEntry(Compact(member.Value), member.Name))];
            if (author is not null && !root.TryGetProperty("author", out _))
            {
                members.Add(new(SettingsEntry.Quoted(author), "author"));
            }

            return Line(members);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("Half of a surrogate pair stands alone in a text.", exception);
        }
    }

    private static string Line(IEnumerable<SettingsEntry> members) =>
        "{ " + string.Join(", ", members.Select(member => member.Line(comma: false))) + " }";

    /// <summary>A value on one line.</summary>
    private static string Compact(JsonElement value)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static string Where(DetectionDestination destination, bool byName)
    {
        string address = destination.Name is { } name && (byName || destination.Ip.IsUnspecified) ? name
            : destination.Ip.IsV4 ? destination.Ip.ToString()
            : $"[{destination.Ip}]";
        return string.Create(CultureInfo.InvariantCulture, $"{address}:{destination.Port}");
    }

    /// <summary>The source of a network-only finding, which stands at the beginning of its title.</summary>
    private static string? Source(Detection detection)
    {
        string first = detection.Title.Split(' ')[0];
        return detection.Process is null && Identity.IpAddress.TryParse(first, out _) ? first : null;
    }
}
