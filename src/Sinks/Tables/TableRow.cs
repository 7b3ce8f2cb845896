using System.Globalization;
using Azure.Data.Tables;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Sinks.Tables;

/// <summary>A detection as an entity: flat columns to query by, and the exact JSON beside them.</summary>
public static class TableRow
{
    /// <summary>Column of the revision.</summary>
    public const string Revision = "Revision";

    /// <summary>Column of the content's hash: equal hashes are equal detections.</summary>
    public const string ContentHash = "ContentHash";

    /// <summary>Characters of a flat text column; the exact value is in the JSON.</summary>
    private const int ColumnChars = 8_192;

    /// <summary>The earliest time that Table storage takes.</summary>
    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the entity.</summary>
    public static TableEntity Of(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        TableEntity entity = new(TableKeys.Partition(detection), TableKeys.Row(detection))
        {
            [Revision] = detection.Revision,
            ["AnalyticId"] = detection.AnalyticId,
            ["Technique"] = detection.Technique,
            ["Platform"] = detection.Platform.Word(),
            ["Severity"] = detection.Severity.Word(),
            ["Confidence"] = detection.Confidence,
            ["SettingsVersion"] = detection.SettingsVersion,
            ["Suppressed"] = detection.Suppressed is not null,
            ["Withdrawn"] = detection.Withdrawn,
        };
        Add(entity, "Title", detection.Title);
        Add(entity, "Time", detection.Time);
        Add(entity, "WindowStart", detection.WindowStart);
        Add(entity, "WindowEnd", detection.WindowEnd);
        Add(entity, "Host", detection.Host);
        Add(entity, detection.Process);
        Add(entity, detection.Destination);
        Add(entity, "Evidence", Evidence(detection));
        Add(entity, "SuppressedReason", detection.Suppressed?.Reason);
        Add(entity, "SupersededBy", detection.SupersededBy?.ToString());
        ContentHash hash = new(stackalloc byte[256]);
        hash.Add(TableContent.Write(entity, detection));
        entity[ContentHash] = hash.Finish().ToString("x32", CultureInfo.InvariantCulture);
        return entity;
    }

    private static string Evidence(Detection detection) => string.Join(
        ' ', detection.Evidence.Select(evidence => FormattableString.Invariant($"{evidence.Kind}:{evidence.Weight}")));

    private static void Add(TableEntity entity, ProcessFields? process)
    {
        Add(entity, "ProcessKey", process?.Key?.ToString());
        Add(entity, "Image", process?.Image);
        Add(entity, "CommandLine", process?.CommandLine);
        Add(entity, "User", process?.User);
        if (process?.Pid is { } pid)
        {
            entity["ProcessId"] = pid;
        }
    }

    private static void Add(TableEntity entity, DetectionDestination? destination)
    {
        if (destination is null)
        {
            return;
        }

        entity["DestinationIp"] = destination.Ip.ToString();
        entity["DestinationPort"] = (int)destination.Port;
        entity["Protocol"] = destination.Protocol;
        Add(entity, "DestinationName", destination.Name);
    }

    private static void Add(TableEntity entity, string column, string? text)
    {
        if (text is not null)
        {
            entity[column] = text.Length <= ColumnChars ? text : text[..ColumnChars];
        }
    }

    private static void Add(TableEntity entity, string column, DateTimeOffset time)
    {
        if (time >= Earliest)
        {
            entity[column] = time;
        }
    }
}
