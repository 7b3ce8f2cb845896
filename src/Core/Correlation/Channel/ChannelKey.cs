using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>A source, a destination and its port: what a network-only finding is about.</summary>
/// <param name="SourceIp">The initiator's address.</param>
/// <param name="DestinationIp">The responder's address.</param>
/// <param name="DestinationPort">The responder's port.</param>
/// <param name="Protocol">IANA protocol number.</param>
public readonly record struct ChannelKey(IpAddress SourceIp, IpAddress DestinationIp, ushort DestinationPort, byte Protocol)
    : IComparable<ChannelKey>
{
    /// <summary>The channel that a flow belongs to.</summary>
    public static ChannelKey Of(FlowSummary flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return new(flow.SourceIp, flow.DestinationIp, flow.DestinationPort, flow.Key.Protocol);
    }

    /// <summary>The channel that a flow would belong to if the other end had opened it.</summary>
    public static ChannelKey Reverse(FlowSummary flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return new(flow.DestinationIp, flow.SourceIp, flow.InitiatorIsFirst ? flow.Key.FirstPort : flow.Key.SecondPort, flow.Key.Protocol);
    }

    /// <summary>
    /// Where flows meet those whose records hide the other end: the source and the port are known, and which flow it is by the source's
    /// own port.
    /// </summary>
    public ChannelKey ToHidden() => this with { DestinationIp = default };

    /// <summary>Whether it is such a meeting place, and no channel of its own.</summary>
    public bool IsHidden => DestinationIp.IsUnspecified;

    /// <summary>Reads a key back from <see cref="ToString"/>; false when it is none.</summary>
    public static bool TryParse(string? text, out ChannelKey key)
    {
        key = default;
        string[] parts = text?.Split('|') ?? [];
        if (parts.Length != 4 || !IpAddress.TryParse(parts[0], out IpAddress source)
            || !IpAddress.TryParse(parts[1], out IpAddress destination)
            || !ushort.TryParse(parts[2], System.Globalization.CultureInfo.InvariantCulture, out ushort port)
            || !byte.TryParse(parts[3], System.Globalization.CultureInfo.InvariantCulture, out byte protocol))
        {
            return false;
        }

        key = new(source, destination, port, protocol);
        return true;
    }

    /// <summary>The key as text, for entity ids.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{SourceIp}|{DestinationIp}|{DestinationPort}|{Protocol}");

    /// <inheritdoc/>
    public int CompareTo(ChannelKey other)
    {
        int order = SourceIp.CompareTo(other.SourceIp);
        order = order != 0 ? order : DestinationIp.CompareTo(other.DestinationIp);
        order = order != 0 ? order : DestinationPort.CompareTo(other.DestinationPort);
        return order != 0 ? order : Protocol.CompareTo(other.Protocol);
    }

    /// <summary>Whether the left key orders before the right.</summary>
    public static bool operator <(ChannelKey left, ChannelKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key orders after the right.</summary>
    public static bool operator >(ChannelKey left, ChannelKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not order after the right.</summary>
    public static bool operator <=(ChannelKey left, ChannelKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not order before the right.</summary>
    public static bool operator >=(ChannelKey left, ChannelKey right) => left.CompareTo(right) >= 0;
}
