namespace CipherWatch.Core.Detections.Analytics.An0403Esxi;

/// <summary>Ports of ESXi's own services, beside those of the port profiles. Source: the port tables of VMware's security guides.</summary>
internal static class EsxiServicePorts
{
    /// <summary>Ports that carry encryption of their own kind, or none, between hosts and their management.</summary>
    private static readonly HashSet<ushort> Ports =
    [
        9, 111, 161, 162, 427, 514, 546, 547, 902, 1514, 2049, 2233, 3260, 5671, 5988, 5989, 6514, 6999, 8000, 8080, 8100, 8182, 8200, 8300,
        8301, 8302, 9000, 9080, 9084, 12321, 12345, 23451, 31031, 44046,
    ];

    /// <summary>Whether a port is one of them.</summary>
    public static bool Contains(ushort port) => Ports.Contains(port);
}
