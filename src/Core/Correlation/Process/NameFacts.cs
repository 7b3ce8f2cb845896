using System.Numerics;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>A name under which a process calls others on one day of the sensor's clock.</summary>
/// <param name="Day">Days since the Unix epoch.</param>
/// <param name="Ip">The proxy, or the inside address, that it connects to; none for a name outside, at whichever addresses it is.</param>
/// <param name="Port">The port there.</param>
/// <param name="Name">The name, cut to what a state has room for.</param>
public readonly record struct NameKey(int Day, IpAddress Ip, ushort Port, string Name) : IComparable<NameKey>
{
    /// <summary>The latest day first, as destinations rank.</summary>
    public int CompareTo(NameKey other)
    {
        int order = other.Day.CompareTo(Day);
        order = order != 0 ? order : Ip.CompareTo(other.Ip);
        order = order != 0 ? order : Port.CompareTo(other.Port);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary>Whether the left key orders before the right.</summary>
    public static bool operator <(NameKey left, NameKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key orders after the right.</summary>
    public static bool operator >(NameKey left, NameKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key does not order after the right.</summary>
    public static bool operator <=(NameKey left, NameKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key does not order before the right.</summary>
    public static bool operator >=(NameKey left, NameKey right) => left.CompareTo(right) >= 0;
}

/// <summary>What the network and proxies' logs say of the name under which a process calls an address.</summary>
public sealed record NameFacts : IMergeable<NameFacts>
{
    /// <summary>Name, address and day.</summary>
    public required NameKey Key { get; init; }

    /// <summary>Whether a proxy was asked for it; else the client named it in its key exchange.</summary>
    public bool IsAsked { get; init; }

    /// <summary>The port that a proxy was asked for; 0 where that is not known.</summary>
    public ushort ServerPort { get; init; }

    /// <summary>
    /// Whether it is the process's by its host's address and the time only, as a record lacks a port. One that names the flow decides.
    /// </summary>
    public bool IsLoose { get; init; }

    /// <summary>What is known of the key exchange on those flows.</summary>
    public Handshake Handshake { get; init; }

    /// <summary>When it was first called so.</summary>
    public FactTime? First { get; init; }

    /// <summary>When last.</summary>
    public FactTime? Last { get; init; }

    /// <summary>Counts the connections: each sets one of 64 bits (<see cref="BitOf"/>).</summary>
    public ulong Connections { get; init; }

    /// <summary>
    /// About how many connections: a tenth off at a dozen; null where they are too many to tell. Linear counting, as in
    /// <see cref="CountBits"/>.
    /// </summary>
    public long? Count
    {
        get
        {
            const int MinUnset = 4;
            int unset = 64 - BitOperations.PopCount(Connections);
            return unset < MinUnset ? null : (long)Math.Round(64 * Math.Log(64.0 / unset));
        }
    }

    /// <summary>The bit of one connection.</summary>
    public static ulong BitOf(ObservationId connection) => 1UL << (int)(connection.Sketch % 64);

    /// <inheritdoc/>
    public NameFacts Merge(NameFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Key = Key,
            IsAsked = IsAsked || other.IsAsked,
            ServerPort = Math.Max(ServerPort, other.ServerPort),
            IsLoose = IsLoose && other.IsLoose,
            Handshake = (Handshake)Math.Max((int)Handshake, (int)other.Handshake),
            First = FactTime.Min(First, other.First),
            Last = FactTime.Max(Last, other.Last),
            Connections = Connections | other.Connections,
        };
    }
}
