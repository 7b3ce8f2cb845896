using System.Runtime.CompilerServices;
using System.Text;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>A fixed set of field names, looked up by their bytes without allocation: the name's place in the list, or −1.</summary>
/// <remarks>
/// Names are matched exactly: <c>ProcessID</c> (the recorder's) and <c>ProcessId</c> (the process's) stand side by side in
/// some exports. Open addressing at a load under one quarter keeps a miss, the common case, at about one probe.
/// </remarks>
internal sealed class FieldNames
{
    private readonly byte[][] _names;
    private readonly short[] _slots;
    private readonly int _mask;

    // One bit for each length modulo 64 that a name has: most fields of an object that is asked for a few are of another.
    private readonly ulong _lengths;

    public FieldNames(params string[] names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        int size = 16;
        while (size < names.Length * 4)
        {
            size *= 2;
        }

        _mask = size - 1;
        _slots = new short[size];
        for (int index = 0; index < _names.Length; index++)
        {
            // An empty name holds a place that no record's field takes.
            if (_names[index].Length == 0)
            {
                continue;
            }

            _lengths |= 1UL << _names[index].Length;
            int slot = Hash(_names[index]) & _mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = (short)(index + 1);
        }
    }

    /// <summary>How many names there are: the number of slots a scan needs.</summary>
    public int Count => _names.Length;

    /// <summary>The name at a place in the list.</summary>
    public string this[int place] => Encoding.UTF8.GetString(_names[place]);

    /// <summary>The place of a name in the list, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ReadOnlySpan<byte> name) => ((_lengths >> name.Length) & 1) == 0 ? -1 : Look(name);

    private int Look(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return -1;
        }

        int slot = Hash(name) & _mask;
        while (_slots[slot] is var entry and not 0)
        {
            if (name.SequenceEqual(_names[entry - 1]))
            {
                return entry - 1;
            }

            slot = (slot + 1) & _mask;
        }

        return -1;
    }

    /// <summary>The names of an enumeration, in order, with exceptions spelled out.</summary>
    public static FieldNames Of<TField>(params (TField Field, string Name)[] spelled)
        where TField : struct, Enum
    {
        string[] names = Enum.GetNames<TField>();
        foreach ((TField field, string name) in spelled)
        {
            names[Array.IndexOf(Enum.GetValues<TField>(), field)] = name;
        }

        return new(names);
    }

    /// <summary>A hash of a name that is not empty.</summary>
    internal static int Hash(ReadOnlySpan<byte> name)
    {
        // Length, both ends and the middle tell telemetry's field names apart well; the compare settles the rest.
        int length = name.Length;
        uint hash = (uint)length * 0x9E3779B1;
        hash = (hash ^ name[0]) * 0x85EBCA77;
        hash = (hash ^ name[length - 1]) * 0xC2B2AE3D;
        hash = (hash ^ name[length / 2]) * 0x27D4EB2F;
        return (int)(hash >> 15);
    }
}
