namespace CipherWatch.Core.Telemetry.Windows;

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
    public DateTimeOffset? RecordTime { get; init; }

    /// <summary>The first of several fields that is a time.</summary>
    public static DateTimeOffset? FirstTime(ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> fields)
    {
        foreach (FieldSpan field in fields)
        {
            if (field.HasValue && Timestamps.TryParse(field.Of(text), out DateTimeOffset time))
            {
                return time;
            }
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
