using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>A Sysmon event found in some rendering: its header, and its event data as spans by Sysmon's own names.</summary>
internal readonly ref struct SysmonEvent
{
    /// <summary>How many fields of event data are read.</summary>
    public static readonly int FieldCount = Enum.GetValues<SysmonField>().Length;

    /// <summary>The bytes that the fields are spans of.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Event data, by <see cref="SysmonField"/>.</summary>
    public required ReadOnlySpan<FieldSpan> Fields { get; init; }

    /// <summary>Sysmon's event id.</summary>
    public required int EventId { get; init; }

    /// <summary>The event's own computer name, as written.</summary>
    public required FieldSpan Computer { get; init; }

    /// <summary>When the event was recorded.</summary>
    public required DateTimeOffset? RecordTime { get; init; }

    /// <summary>The platform: Sysmon runs on Linux too.</summary>
    public TelemetryPlatform Platform { get; init; }

    /// <summary>Whether Sysmon's event id is one that is read.</summary>
    public static bool IsRead(long eventId) => eventId is 1 or 3 or 5 or 7 or 8 or 22;

    /// <summary>A field's span.</summary>
    public FieldSpan this[SysmonField field] => Fields[(int)field];

    /// <summary>A field as text; null where absent, empty or <c>-</c>.</summary>
    public string? String(SysmonField field) => this[field].Text(Text);

    /// <summary>A field as a whole number within a range; null where it is none.</summary>
    public long? Integer(SysmonField field, long max) =>
        this[field].TryInteger(Text, out long number) && number >= 0 && number <= max ? number : null;

    /// <summary>A field as an address; null where it is none.</summary>
    public IpAddress? Address(SysmonField field) =>
        this[field].HasValue && IpAddress.TryParse(this[field].Of(Text), out IpAddress address) ? address : null;

    /// <summary>A path or image name; Sysmon's stand-in for a process it could not name, escaped or not, is unknown.</summary>
    public string? Image(SysmonField field) => String(field) switch
    {
        "<unknown process>" or "&lt;unknown process&gt;" => null,
        var image => image,
    };

    /// <summary>A GUID in lower case without braces; null where it is none or all zeros, which stands for no process.</summary>
    public string? Guid(SysmonField field)
    {
        ReadOnlySpan<byte> text = this[field].HasValue ? this[field].Of(Text) : default;
        if (text is [(byte)'{', .., (byte)'}'])
        {
            text = text[1..^1];
        }

        return System.Buffers.Text.Utf8Parser.TryParse(text, out Guid guid, out int used) && used == text.Length && guid != System.Guid.Empty
            ? guid.ToString("D", System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}
