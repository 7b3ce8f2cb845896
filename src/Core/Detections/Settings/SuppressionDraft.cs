using System.Globalization;
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
    public static string Json(IEnumerable<(string Name, string Value)> members) => "{ " + string.Join(
        ", ", members.Select(member => $"\"{member.Name}\": \"{Escaped(member.Value)}\"")) + " }";

    private static JsonEncodedText Escaped(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

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
