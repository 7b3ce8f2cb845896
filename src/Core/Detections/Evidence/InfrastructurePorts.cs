namespace CipherWatch.Core.Detections.Evidence;

/// <summary>Ports of the services every host of a domain uses: connections to these alone make no suspect.</summary>
internal static class InfrastructurePorts
{
    /// <summary>RPC's endpoint mapper, which names the port of the service behind it.</summary>
    private const ushort EndpointMapper = 135;

    /// <summary>First port that Windows gives out dynamically. Source: RFC 6335.</summary>
    private const ushort FirstDynamic = 49152;

    /// <summary>Whether a port is one of theirs, whoever else is called.</summary>
    public static bool Includes(ushort port) => port is 53 or 67 or 68 or 88 or 123 or EndpointMapper or 137 or 138 or 139 or 389 or 445
        or 464 or 636 or 3268 or 3269 or 1900 or 5353 or 5355;

    /// <summary>Whether a destination is infrastructure, given all of the process's destinations of the day.</summary>
    public static bool Covers(DestinationDay destination, IReadOnlyList<DestinationDay> all) =>
        Includes(destination.Port)
        || (destination.Port >= FirstDynamic && all.Any(other => other.Port == EndpointMapper && other.Ip == destination.Ip));
}
