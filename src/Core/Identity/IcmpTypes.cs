namespace CipherWatch.Core.Identity;

/// <summary>ICMP has message types where others have ports; here they are brought to the form in which flows are keyed.</summary>
/// <remarks>
/// Source: the Community ID specification, which follows Zeek. A request and its answer are one flow: the type of the one
/// stands as the port of the side that sends it, the type of the other as that of the opposite side. Any other message goes
/// one way, and its code takes the second place.
/// </remarks>
public static class IcmpTypes
{
    /// <summary>IANA protocol number of ICMP.</summary>
    public const byte Icmp = 1;

    /// <summary>IANA protocol number of ICMP for IPv6.</summary>
    public const byte IcmpV6 = 58;

    private static readonly (byte Protocol, byte Request, byte Answer)[] Pairs =
    [
        (Icmp, 8, 0), // echo
        (Icmp, 13, 14), // timestamp
        (Icmp, 15, 16), // information
        (Icmp, 10, 9), // router solicitation, advertisement
        (Icmp, 17, 18), // address mask
        (IcmpV6, 128, 129), // echo
        (IcmpV6, 133, 134), // router solicitation, advertisement
        (IcmpV6, 135, 136), // neighbour solicitation, advertisement
        (IcmpV6, 130, 131), // multicast listener query, report
        (IcmpV6, 139, 140), // node information
        (IcmpV6, 144, 145), // home agent address discovery
    ];

    /// <summary>Whether the protocol is ICMP of either version.</summary>
    public static bool IsIcmp(byte protocol) => protocol is Icmp or IcmpV6;

    /// <summary>The type that answers a type, or is answered by it; null for a message that goes one way.</summary>
    /// <param name="protocol"><see cref="Icmp"/> or <see cref="IcmpV6"/>.</param>
    /// <param name="type">Type of a message.</param>
    public static byte? Counterpart(byte protocol, ushort type)
    {
        foreach ((byte of, byte request, byte answer) in Pairs)
        {
            if (of == protocol && (type == request || type == answer))
            {
                return type == request ? answer : request;
            }
        }

        return null;
    }
}
