using System.Buffers;
using System.Globalization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections;

/// <summary>What to copy from a detection to look further: a display filter for Wireshark, and a query for a workspace.</summary>
/// <remarks>
/// Nothing that telemetry brings is written into them but addresses, ports, times, and names of plain letters, digits, dots and dashes;
/// any other name is left out. The filter is of addresses and not of the Community ID, for which Wireshark has a plug-in to switch on.
/// </remarks>
public static class HuntingFilters
{
    /// <summary>How long before the first connection to look: clocks of hosts and sensors differ.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(1);

    /// <summary>How long after the last connection began: it goes on after that.</summary>
    private static readonly TimeSpan After = TimeSpan.FromHours(1);

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    /// <summary>
    /// A display filter: the far end, of a network-only detection the source too, and the time; null without a destination.
    /// </summary>
    public static string? Wireshark(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        if (detection.Destination is not { } destination)
        {
            return null;
        }

        (DateTimeOffset from, DateTimeOffset to) = Span(detection);
        string?[] terms =
        [
            Address(detection.SourceIp),
            Address(destination.Ip),
            destination.Protocol is "tcp" or "udp" or "sctp"
                ? string.Create(CultureInfo.InvariantCulture, $"{destination.Protocol}.port == {destination.Port}")
                : Protocols.Number(System.Text.Encoding.UTF8.GetBytes(destination.Protocol)) is { } protocol
                ? string.Create(CultureInfo.InvariantCulture, $"ip.proto == {protocol}")
                : null,

            // Seconds since the epoch mean the same in every time zone and version.
            string.Create(CultureInfo.InvariantCulture, $"frame.time_epoch >= {Math.Max(0, from.ToUnixTimeSeconds())}"),
            string.Create(CultureInfo.InvariantCulture, $"frame.time_epoch <= {Math.Max(0, to.ToUnixTimeSeconds())}"),
        ];
        return string.Join(" && ", terms.Where(term => term is not null));
    }

    /// <summary>
    /// A query, one line: over Defender's connections where the detection is of a host that Defender runs on, over the firewalls' and
    /// sensors' log of the network else; who talks to the far end, then. Null where no end is known.
    /// </summary>
    public static string? Kql(Detection detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        if (detection.Destination is not { } destination)
        {
            return null;
        }

        (DateTimeOffset from, DateTimeOffset to) = Span(detection);
        string times = $"where TimeGenerated between (datetime({Iso(from)}) .. datetime({Iso(to)}))";
        return detection.Platform is TelemetryPlatform.Network or TelemetryPlatform.Esxi
            ? $"CommonSecurityLog | {times} | where {Joined(
                Equal("SourceIP", detection.SourceIp), Equal("DestinationIP", destination.Ip), Port("DestinationPort", destination.Port))}"
                + " | summarize Flows = count(), First = min(TimeGenerated), Last = max(TimeGenerated), Sent = sum(SentBytes), "
                + "Received = sum(ReceivedBytes) by SourceIP, DestinationIP, DeviceVendor, DeviceProduct"
            : $"DeviceNetworkEvents | {times} | where {Joined(
                Equal("RemoteIP", destination.Ip) ?? Named("RemoteUrl contains", destination.Name)
                    ?? Named("DeviceName startswith", detection.Host),
                Port("RemotePort", destination.Port))}"
                + " | summarize Calls = count(), First = min(TimeGenerated), Last = max(TimeGenerated) "
                + "by DeviceName, InitiatingProcessFileName, InitiatingProcessSHA1";
    }

    private static (DateTimeOffset From, DateTimeOffset To) Span(Detection detection) => (
        detection.WindowStart - DateTimeOffset.MinValue < Before ? DateTimeOffset.MinValue : detection.WindowStart - Before,
        DateTimeOffset.MaxValue - detection.WindowEnd < After ? DateTimeOffset.MaxValue : detection.WindowEnd + After);

    private static string? Address(IpAddress? address) => address is not { IsUnspecified: false } ip ? null
        : ip.IsV4 ? $"ip.addr == {ip}"
        : $"ipv6.addr == {ip}";

    private static string? Equal(string column, IpAddress? address) =>
        address is { IsUnspecified: false } ip ? $"{column} == \"{ip}\"" : null;

    /// <summary>A comparison with a name, without the mark where its beginning was cut off; null for one that is no host's.</summary>
    private static string? Named(string comparison, string? name) =>
        name?.TrimStart('…') is { Length: > 0 } plain && !plain.AsSpan().ContainsAnyExcept(NameChars)
            ? $"{comparison} \"{plain}\""
            : null;

    private static string Port(string column, ushort port) => string.Create(CultureInfo.InvariantCulture, $"{column} == {port}");

    private static string Joined(params string?[] terms) => string.Join(" and ", terms.Where(term => term is not null));

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "Z";
}
