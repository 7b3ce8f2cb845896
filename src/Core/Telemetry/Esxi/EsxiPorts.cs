using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Guesses who opened a connection from its ports, where a host's record does not say.</summary>
internal static class EsxiPorts
{
    private const ushort FirstRemoteConsole = 5900;
    private const ushort LastRemoteConsole = 5964;

    /// <summary>Ports that ESXi or what it talks to serves. Source: the port tables of VMware's security guides, 6.0 to 6.7.</summary>
    private static readonly HashSet<ushort> Served =
    [
        22, 53, 80, 111, 123, 161, 427, 443, 514, 546, 547, 902, 1514, 2049, 2233, 3260, 5671, 5988, 5989, 6514, 8000, 8080, 8100, 8182,
        8200, 8300, 8301, 8302, 9000, 9080, 9084, 12321, 12345, 23451, 31031, 44046,
    ];

    /// <summary>A port of the tables tells who serves, else the lower one: a mount of NFS comes from a low port too.</summary>
    public static FlowDirection Direction(ushort local, ushort remote) => (IsServed(local), IsServed(remote)) switch
    {
        (true, false) => FlowDirection.Inbound,
        (false, true) => FlowDirection.Outbound,
        _ => local == remote ? FlowDirection.Unknown : local < remote ? FlowDirection.Inbound : FlowDirection.Outbound,
    };

    private static bool IsServed(ushort port) => port is >= FirstRemoteConsole and <= LastRemoteConsole || Served.Contains(port);
}
