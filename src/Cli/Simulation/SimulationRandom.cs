using System.Buffers.Binary;

namespace CipherWatch.Cli.Simulation;

/// <summary>Numbers that look random and are the same on every machine: SplitMix64 from a seed.</summary>
/// <remarks>Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014. Not for secrets.</remarks>
internal sealed class SimulationRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong mixed = _state += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A whole number from one bound up to, but not including, another.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (ulong)(to - from));

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Between(0, items.Count)];

    /// <summary>A span of time between two bounds, to the millisecond.</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to) =>
        TimeSpan.FromMilliseconds(Between((int)from.TotalMilliseconds, (int)to.TotalMilliseconds));

    /// <summary>Random bytes.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int at = 0; at < count; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Next());
            word[..Math.Min(sizeof(ulong), count - at)].CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }
}
