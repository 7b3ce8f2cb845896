using System.Collections.Immutable;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Processes expected to use symmetric cryptography.</summary>
/// <param name="Image">Path pattern of the executable.</param>
/// <param name="Signer">Who must have signed it; null for anyone or no one.</param>
/// <param name="Host">Pattern of the host; null for every host.</param>
public sealed record ProcessPattern(Glob Image, Glob? Signer, Glob? Host);

/// <summary>A library that is expected in a process.</summary>
/// <param name="Process">Path pattern of the executable.</param>
/// <param name="Library">Path pattern of the library.</param>
public sealed record TrustedLibrary(Glob Process, Glob Library);

/// <summary>Ports and what encryption is expected on them.</summary>
/// <param name="FirstPort">First port of the range.</param>
/// <param name="LastPort">Last port of the range.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="Expected">tls, quic, dtls, ssh, ipsec, wireguard, openvpn, none, any.</param>
public sealed record PortProfile(ushort FirstPort, ushort LastPort, byte Protocol, ImmutableArray<string> Expected)
{
    /// <summary>Whether a port is of the profile.</summary>
    public bool Covers(ushort port, byte protocol) => protocol == Protocol && port >= FirstPort && port <= LastPort;
}

/// <summary>A library or routine that counts as symmetric cryptography.</summary>
/// <param name="Name">Pattern of its lower-case file name, with or without an ending.</param>
/// <param name="Weight">What its load adds, in percent of the weight of <c>cryptoLoad</c>.</param>
public sealed record CryptoModule(Glob Name, int Weight);

/// <summary>A destination that is exempt: a host name pattern, an address or a network.</summary>
/// <param name="Name">Pattern of the host name; null for an address.</param>
/// <param name="Network">First address of the network.</param>
/// <param name="PrefixLength">Bits that must agree, of 32 or 128.</param>
public sealed record DestinationPattern(Glob? Name, IpAddress Network, int PrefixLength);
