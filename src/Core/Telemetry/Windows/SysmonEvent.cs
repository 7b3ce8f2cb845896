using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>A Sysmon event found in some rendering: its header, and its event data as spans by Sysmon's own names.</summary>
internal readonly ref struct SysmonEvent
{
    /// <summary>How many fields of event data are read.</summary>
    public static readonly int FieldCount = Enum.GetValues<SysmonField>().Length;

    /// <summary>What stands around the data.</summary>
    public required SysmonHeader Header { get; init; }

    /// <summary>The bytes that the fields are spans of.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Event data, by <see cref="SysmonField"/>.</summary>
    public required ReadOnlySpan<FieldSpan> Fields { get; init; }

    /// <summary>The domain of <see cref="SysmonField.User"/>, where the rendering keeps it apart.</summary>
    public FieldSpan UserDomain { get; init; }

    /// <summary>Whether Sysmon's event id is one that is read.</summary>
    public static bool IsRead(long eventId) => eventId is 1 or 3 or 5 or 7 or 8 or 22;

    /// <summary>A field's span.</summary>
    public FieldSpan this[SysmonField field] => Fields[(int)field];

    /// <summary>A field as text; null where absent, empty or <c>-</c>.</summary>
    public string? String(SysmonField field) => this[field].Text(Text);

    /// <summary>The account, domain first where one is known.</summary>
    public string? User() => String(SysmonField.User) is not { } name ? null
        : UserDomain.Text(Text) is { } domain ? $@"{domain}\{name}"
        : name;

    /// <summary>Whether the process opened the connection, as Sysmon's boolean or as ECS words it; null where it is not said.</summary>
    public bool? Initiated()
    {
        FieldSpan field = this[SysmonField.Initiated];
        return field.Boolean(Text) ?? (field.Is(Text, "egress"u8) || field.Is(Text, "outbound"u8) ? true
            : field.Is(Text, "ingress"u8) || field.Is(Text, "inbound"u8) ? false
            : null);
    }

    /// <summary>A path or image name; Sysmon's stand-ins for a process it could not name, escaped or not, are unknown.</summary>
    public string? Image(SysmonField field) => String(field) switch
    {
        "<unknown process>" or "&lt;unknown process&gt;" or "?" or "(null)" => null,
        var image => image,
    };

    /// <summary>A GUID in lower case without braces; null where it is none or all zeros, which stands for no process.</summary>
    public string? Guid(SysmonField field, FieldValues values)
    {
        ReadOnlySpan<byte> text = this[field].HasValue ? this[field].Of(Text) : default;
        if (text is [(byte)'{', .., (byte)'}'])
        {
            text = text[1..^1];
        }

        if (System.Buffers.Text.Utf8Parser.TryParse(text, out Guid guid, out int used) && used == text.Length)
        {
            return guid == System.Guid.Empty ? null : guid.ToString("D", System.Globalization.CultureInfo.InvariantCulture);
        }

        if (values.IsThere(this[field]))
        {
            values.Wrong(this[field], "no GUID");
        }

        return null;
    }
}

/// <summary>The event data of Sysmon 1, 3, 5, 7, 8 and 22 that is read, by Sysmon's own names.</summary>
internal enum SysmonField
{
    UtcTime,
    ProcessGuid,
    ProcessId,
    Image,
    CommandLine,
    User,
    Hashes,
    ParentImage,
    ImageLoaded,
    Signed,
    Signature,
    SignatureStatus,
    Protocol,
    Initiated,
    SourceIp,
    SourcePort,
    DestinationIp,
    DestinationPort,
    DestinationHostname,
    QueryName,
    QueryResults,
    SourceProcessGuid,
    SourceProcessId,
    SourceImage,
    TargetProcessGuid,
    TargetProcessId,
    TargetImage,
}

/// <summary>Reads Sysmon's <c>Hashes</c>: <c>SHA1=…,MD5=…,SHA256=…,IMPHASH=…</c>, any subset in any order.</summary>
internal static class SysmonHashes
{
    private const string Name = "SHA256=";
    private const int HexDigits = 64;

    /// <summary>The SHA-256, also where it stands alone, in lower-case hex; null where there is none.</summary>
    public static string? Sha256(string? hashes)
    {
        if (hashes?.Length == HexDigits && IsHex(hashes))
        {
            return hashes.ToLowerInvariant();
        }

        int at = hashes?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0 || hashes!.Length < at + Name.Length + HexDigits)
        {
            return null;
        }

        ReadOnlySpan<char> hex = hashes.AsSpan(at + Name.Length, HexDigits);
        return !IsHex(hex) ? null : hex.ToString().ToLowerInvariant();
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }
}
