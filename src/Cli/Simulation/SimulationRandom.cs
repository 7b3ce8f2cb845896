using System.Buffers.Binary;

namespace CipherWatch.Cli.Simulation;

/// <summary>
/// Numbers that look random and are the same on every machine: SplitMix64 from a seed. Whole numbers only, so that no rounding
/// differs.
/// </summary>
/// <remarks>Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014. Not for secrets.</remarks>
internal sealed class SimulationRandom(ulong seed)
{
    private const ulong Golden = 0x9e3779b97f4a7c15;
    private ulong _state = seed;

    /// <summary>A generator of its own for one part of a simulation, so that parts do not move one another.</summary>
    public static SimulationRandom Of(ulong seed, params ReadOnlySpan<int> parts)
    {
        SimulationRandom random = new(seed);
        foreach (int part in parts)
        {
            random = new(random.Next() ^ ((ulong)(uint)part * Golden));
        }

        return random;
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong mixed = _state += Golden;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A whole number from one bound up to, but not including, another.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (ulong)(to - from));

    /// <summary>
    /// A number of bytes between two bounds, small ones as likely as large ones by powers of two, as sizes of transfers are.
    /// </summary>
    public int Scaled(int from, int to)
    {
        int doublings = Math.Max(1, (int)ulong.Log2((ulong)Math.Max(1, to / from)) + 1);
        long low = (long)from << Between(0, doublings);
        return (int)Math.Min(to, low + (long)(Next() % (ulong)low));
    }

    /// <summary>About as many as given: from three fifths of it to seven fifths.</summary>
    public int About(int count) => Math.Max(1, Between((count * 3 / 5) + 1, (count * 7 / 5) + 2));

    /// <summary>Whether a thing happens that happens once in so many times.</summary>
    public bool OneIn(int times) => Between(0, times) == 0;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Between(0, items.Count)];

    /// <summary>A span of time between two bounds, to the millisecond.</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to) =>
        TimeSpan.FromMilliseconds(Between((int)from.TotalMilliseconds, (int)to.TotalMilliseconds));

    /// <summary>A time around another, as early as late by a number of minutes.</summary>
    public DateTimeOffset Near(DateTimeOffset time, int minutes) =>
        time + Between(TimeSpan.FromMinutes(-minutes), TimeSpan.FromMinutes(minutes));

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
