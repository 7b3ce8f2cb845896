using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using CipherWatch.Core.Detections;

namespace CipherWatch.Sinks.Tables;

/// <summary>The exact JSON of a detection, spread over as many columns as it needs.</summary>
/// <remarks>
/// Source of the limits: a property holds 64 KiB, a string in UTF-16; an entity 1 MiB. Parts are <c>Content</c>, <c>Content1</c> …
/// </remarks>
public static class TableContent
{
    /// <summary>Characters of one part: below 32,768, so that a property stays under 64 KiB.</summary>
    public const int PartChars = 32_000;

    /// <summary>Parts of one entity: 12 × 64,000 bytes leave a quarter of 1 MiB for the other columns.</summary>
    public const int MaxParts = 12;

    /// <summary>Column that is true where the JSON was shortened to fit.</summary>
    public const string Bounded = "ContentBounded";

    private const string Column = "Content";
    private const string PartsColumn = "ContentParts";

    /// <summary>Evidence that is kept where all of it would not fit: far more than any analytic has kinds.</summary>
    private const int KeptEvidence = 64;

    /// <summary>Observation ids that are kept of each evidence where all of them would not fit.</summary>
    private const int KeptIds = 3;

    /// <summary>Characters that are kept of each text where all of them would not fit.</summary>
    private const int KeptChars = 512;

    /// <summary>Fills the columns of an entity; returns the JSON that they hold.</summary>
    public static string Write(TableEntity entity, Detection detection)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(detection);
        string content = Json(detection);

        // A part can be one character short, so as not to cut through a pair.
        if (content.Length > (PartChars - 1) * MaxParts)
        {
            content = Json(Shortened(detection));
            entity[Bounded] = true;
        }

        int parts = 0;
        for (int at = 0; at < content.Length; parts++)
        {
            int length = Math.Min(PartChars, content.Length - at);
            length -= at + length < content.Length && char.IsHighSurrogate(content[at + length - 1]) ? 1 : 0;
            entity[Name(parts)] = content.Substring(at, length);
            at += length;
        }

        entity[PartsColumn] = parts;
        return content;
    }

    /// <summary>The JSON that an entity's columns hold.</summary>
    public static string Read(TableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        StringBuilder content = new();
        int parts = entity.GetInt32(PartsColumn) ?? 0;
        for (int part = 0; part < parts; part++)
        {
            content.Append(entity.GetString(Name(part)));
        }

        return content.ToString();
    }

    private static string Name(int part) => part == 0 ? Column : Column + part.ToString(CultureInfo.InvariantCulture);

    private static string Json(Detection detection) => Encoding.UTF8.GetString(DetectionJson.ToUtf8(detection));

    /// <summary>The same finding with less to prove it: a detection that cannot be stored whole is worth more short than lost.</summary>
    private static Detection Shortened(Detection detection) => detection with
    {
        Title = Short(detection.Title)!,
        Process = detection.Process is not { } process ? null : process with
        {
            Image = Short(process.Image),
            CommandLine = Short(process.CommandLine),
            ParentImage = Short(process.ParentImage),
        },
        Evidence =
        [
            .. detection.Evidence.Take(KeptEvidence).Select(evidence => evidence with
            {
                Detail = Short(evidence.Detail)!,
                ObservationIds = [.. evidence.ObservationIds.Take(KeptIds)],
            }),
        ],
    };

    private static string? Short(string? text) => text is null || text.Length <= KeptChars ? text : text[..KeptChars];
}
