using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>A recorder's time, as written.</summary>
/// <param name="Time">The time; taken as UTC where no zone is written.</param>
/// <param name="IsLocal">No zone is written, so it may be local time.</param>
internal readonly record struct RecordTime(DateTimeOffset Time, bool IsLocal);

/// <summary>What stands around the data of a Sysmon event that is read.</summary>
internal readonly ref struct SysmonHeader
{
    /// <summary>The bytes that <see cref="Computer"/> is a span of.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Sysmon's event id.</summary>
    public required int EventId { get; init; }

    /// <summary>The platform: Sysmon runs on Linux too.</summary>
    public required TelemetryPlatform Platform { get; init; }

    /// <summary>The event's own computer name, as written.</summary>
    public FieldSpan Computer { get; init; }

    /// <summary>When the event was recorded, as written.</summary>
    public RecordTime? Recorded { get; init; }

    /// <summary>What is wrong with the time before it, which cannot be read; null where nothing is.</summary>
    public string? Fault { get; init; }

    /// <summary>The first of several fields that is a time.</summary>
    /// <param name="text">The bytes that they are spans of.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="fault">What is wrong with one before it that says something and is no time; null where none is.</param>
    public static RecordTime? FirstTime(ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> fields, out string? fault)
    {
        fault = null;
        foreach (FieldSpan field in fields)
        {
            if (!field.HasValue || field.Length == 0 || FieldText.IsNone(field.Of(text)))
            {
                continue;
            }

            if (LooseTime.TryParse(field.Of(text), out DateTimeOffset time, out bool hasZone))
            {
                return new(time, !hasZone);
            }

            fault ??= FieldPlace.NameOf(text, field) is { } name ? $"'{name}' is no time." : "The time of the record cannot be read.";
        }

        return null;
    }

    /// <summary>The first of several fields that has a value.</summary>
    public static FieldSpan First(ReadOnlySpan<FieldSpan> fields)
    {
        foreach (FieldSpan field in fields)
        {
            if (field is { HasValue: true, Length: > 0 })
            {
                return field;
            }
        }

        return default;
    }
}
