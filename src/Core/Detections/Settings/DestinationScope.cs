using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Destinations that a suppression is about: an address, a network or a name, and the port where one is given.</summary>
/// <param name="Where">Address, network, or pattern; a pattern is held against the name and the address.</param>
/// <param name="Port">Port; null for any.</param>
/// <param name="Protocol">IANA protocol number; null for any.</param>
public sealed record DestinationScope(DestinationPattern Where, ushort? Port, byte? Protocol)
{
    /// <summary>Whether it holds for every destination there is, and so limits nothing.</summary>
    public bool IsAny => Port is null && Protocol is null && IsEveryHost;

    /// <summary>Whether it holds for every host, on whichever port.</summary>
    public bool IsEveryHost => Where.Name is { } name ? name.MatchesAll : Where.PrefixLength == 0;

    /// <summary>Whether a connection goes to one of them.</summary>
    /// <param name="ip">Address.</param>
    /// <param name="port">Port.</param>
    /// <param name="protocol">IANA protocol number.</param>
    /// <param name="name">Host name where known.</param>
    public bool Covers(IpAddress ip, ushort port, byte protocol, string? name) =>
        Covers(new DetectionDestination(ip, port, Protocols.Name(protocol), name));

    /// <summary>Whether a destination is one of them.</summary>
    public bool Covers(DetectionDestination? destination) =>
        destination is not null
        && (Port is not { } port || port == destination.Port)
        && (Protocol is not { } protocol || Protocols.Name(protocol) == destination.Protocol)
        && (Where.Name is { } pattern
            ? pattern.Matches(destination.Name) || pattern.Matches(destination.Ip.ToString())
            : destination.Ip.IsIn(Where.Network, Where.PrefixLength));
}
