using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>Where a process connects to, on one day of the clock its connections were read from.</summary>
/// <param name="Day">Days since the Unix epoch, uncorrected.</param>
/// <param name="Ip">Address.</param>
/// <param name="Port">Port.</param>
/// <param name="Protocol">IANA protocol number.</param>
/// <param name="IsOfKernel">
/// The host's kernel tells of them, and its libraries may tell of the same ones again: counted apart, since nothing in either says which.
/// </param>
public readonly record struct DestinationKey(int Day, IpAddress Ip, ushort Port, byte Protocol, bool IsOfKernel = false)
    : IComparable<DestinationKey>
{
    /// <summary>The latest day first, so that a long-lived process is judged by what it does now.</summary>
    public int CompareTo(DestinationKey other)
    {
        int order = other.Day.CompareTo(Day);
        order = order != 0 ? order : Ip.CompareTo(other.Ip);
        order = order != 0 ? order : Port.CompareTo(other.Port);
        order = order != 0 ? order : Protocol.CompareTo(other.Protocol);
        return order != 0 ? order : IsOfKernel.CompareTo(other.IsOfKernel);
    }

    /// <summary>Whether the left key orders before the right.</summary>
    public static bool operator <(DestinationKey left, DestinationKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key orders after the right.</summary>
    public static bool operator >(DestinationKey left, DestinationKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not order after the right.</summary>
    public static bool operator <=(DestinationKey left, DestinationKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not order before the right.</summary>
    public static bool operator >=(DestinationKey left, DestinationKey right) => left.CompareTo(right) >= 0;
}

/// <summary>The connections of a process to one destination on one day.</summary>
public sealed record DestinationFacts : IMergeable<DestinationFacts>
{
    /// <summary>Where to, and on which day.</summary>
    public required DestinationKey Key { get; init; }

    /// <summary>Host name, where a record carries one.</summary>
    public string? Name { get; init; }

    /// <summary>What the host itself says of the key exchange of its connections there.</summary>
    public Handshake Handshake { get; init; }

    /// <summary>The connections.</summary>
    public Sightings Connections { get; init; } = Sightings.None;

    /// <inheritdoc/>
    public DestinationFacts Merge(DestinationFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Key = Key,
            Name = Register.Merge(Name, other.Name),
            Handshake = (Handshake)Math.Max((int)Handshake, (int)other.Handshake),
            Connections = Connections.Merge(other.Connections),
        };
    }
}
