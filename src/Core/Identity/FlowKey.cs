using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CipherWatch.Core.Identity;

/// <summary>The canonical 5-tuple of a flow, the same whichever end speaks: the key on which host and network evidence meet.</summary>
/// <remarks>Ends are ordered as Community ID v1 orders them: by address, then by port, the smaller first.</remarks>
public readonly record struct FlowKey : IComparable<FlowKey>
{
    private FlowKey(IpAddress firstIp, ushort firstPort, IpAddress secondIp, ushort secondPort, byte protocol)
    {
        FirstIp = firstIp;
        FirstPort = firstPort;
        SecondIp = secondIp;
        SecondPort = secondPort;
        Protocol = protocol;
    }

    /// <summary>Address of the end that orders first.</summary>
    public IpAddress FirstIp { get; }

    /// <summary>Port of the end that orders first.</summary>
    public ushort FirstPort { get; }

    /// <summary>Address of the other end.</summary>
    public IpAddress SecondIp { get; }

    /// <summary>Port of the other end.</summary>
    public ushort SecondPort { get; }

    /// <summary>IANA protocol number.</summary>
    public byte Protocol { get; }

    /// <summary>The key of a flow between two ends, given in either order.</summary>
    /// <remarks>
    /// For ICMP the first port is the message's type and the second its code, or the type that answers it; a message that has
    /// no answer goes one way, and then the order of the ends says which.
    /// </remarks>
    public static FlowKey Create(IpAddress ip, ushort port, IpAddress otherIp, ushort otherPort, byte protocol)
    {
        if (IcmpTypes.IsIcmp(protocol))
        {
            if (IcmpTypes.Counterpart(protocol, port) is not { } counterpart)
            {
                return new(ip, port, otherIp, otherPort, protocol);
            }

            otherPort = counterpart;
        }

        int order = ip.CompareTo(otherIp);
        return order < 0 || (order == 0 && port < otherPort)
            ? new(ip, port, otherIp, otherPort, protocol)
            : new(otherIp, otherPort, ip, port, protocol);
    }

    /// <summary>Community ID v1 with seed 0: <c>1:</c> and the base64 of SHA-1 over seed, addresses, protocol, pad and ports.</summary>
    /// <remarks>
    /// Source: the Community ID flow hashing specification. TCP, UDP, SCTP and ICMP hash with ports or what stands for them; other
    /// protocols have none and hash as addresses and protocol, as the specification says for protocols it has no port rule for.
    /// </remarks>
    public string CommunityId()
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        CommunityHash(digest);
        return string.Concat("1:", Convert.ToBase64String(digest));
    }

    /// <summary>The hash that the Community ID spells, 20 bytes.</summary>
    internal void CommunityHash(Span<byte> digest)
    {
        Span<byte> input = stackalloc byte[2 + 16 + 16 + 2 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(input, 0);
        int at = 2;
        at += FirstIp.CopyTo(input[at..]);
        at += SecondIp.CopyTo(input[at..]);
        input[at++] = Protocol;
        input[at++] = 0;
        if (Protocol is 6 or 17 or 132 || IcmpTypes.IsIcmp(Protocol))
        {
            BinaryPrimitives.WriteUInt16BigEndian(input[at..], FirstPort);
            BinaryPrimitives.WriteUInt16BigEndian(input[(at + 2)..], SecondPort);
            at += 4;
        }

#pragma warning disable CA5350 // SHA-1 is what the Community ID specification prescribes; nothing is protected by it.
        SHA1.HashData(input[..at], digest);
#pragma warning restore CA5350
    }

    /// <inheritdoc/>
    public int CompareTo(FlowKey other)
    {
        int order = FirstIp.CompareTo(other.FirstIp);
        order = order != 0 ? order : SecondIp.CompareTo(other.SecondIp);
        order = order != 0 ? order : FirstPort.CompareTo(other.FirstPort);
        order = order != 0 ? order : SecondPort.CompareTo(other.SecondPort);
        return order != 0 ? order : Protocol.CompareTo(other.Protocol);
    }

    /// <summary>Both ends and the protocol, for people and for entity ids.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{FirstIp}|{FirstPort}|{SecondIp}|{SecondPort}|{Protocol}");

    /// <summary>Whether the left key orders before the right.</summary>
    public static bool operator <(FlowKey left, FlowKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key orders after the right.</summary>
    public static bool operator >(FlowKey left, FlowKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not order after the right.</summary>
    public static bool operator <=(FlowKey left, FlowKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not order before the right.</summary>
    public static bool operator >=(FlowKey left, FlowKey right) => left.CompareTo(right) >= 0;
}
