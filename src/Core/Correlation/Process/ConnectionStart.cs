using System.Buffers.Binary;
using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>When a process began a connection.</summary>
/// <param name="Time">When, uncorrected.</param>
/// <param name="Destination">A hash of where to, by which those to one destination are found: <see cref="HashOf"/>.</param>
/// <param name="Port">The process's own port; 0 where its record has none.</param>
public readonly record struct ConnectionStart(FactTime Time, uint Destination, ushort Port) : IMergeable<ConnectionStart>
{
    /// <summary>Starts kept of a process: enough to tell the timers of two destinations that it calls in turn.</summary>
    public const int MaxStarts = 32;

    /// <summary>The hash of a destination: the same in every version of the app.</summary>
    public static uint HashOf(IpAddress ip, ushort port, byte protocol)
    {
        Span<byte> bytes = stackalloc byte[19];
        bytes.Clear();
        ip.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[16..], port);
        bytes[18] = protocol;
        return (uint)SipHash.Hash128(bytes, 0, 0);
    }

    /// <summary>The same start told twice is one.</summary>
    public ConnectionStart Merge(ConnectionStart other) => this;

    /// <summary>
    /// The latest first, wherever they go: a window of what came last, whole, because gaps between a sample's times say nothing of a timer.
    /// </summary>
    public int CompareRank(ConnectionStart other)
    {
        int order = other.Time.Ms.CompareTo(Time.Ms);
        order = order != 0 ? order : Time.Clock.CompareTo(other.Time.Clock);
        order = order != 0 ? order : Destination.CompareTo(other.Destination);
        return order != 0 ? order : Port.CompareTo(other.Port);
    }

    /// <summary>Merges the starts of a process.</summary>
    public static ImmutableArray<ConnectionStart> Merge(ImmutableArray<ConnectionStart> left, ImmutableArray<ConnectionStart> right) =>
        BoundedMap.Merge(left, right, MaxStarts, static (a, b) => a.CompareRank(b));
}
