using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>
/// Which field followed which when they were last seen: a single compare then reads a comma, a name, its quotes and its colon,
/// and the blanks between them.
/// </summary>
/// <remarks>
/// Sources write their fields in one order and one manner, so that the field before tells the next one, even where records of
/// several kinds alternate. A wrong guess costs a look-up; what is found does not depend on it.
/// </remarks>
/// <param name="names">The names that have a place.</param>
/// <param name="maxNames">Names that are remembered; beyond that all are forgotten and learned anew.</param>
internal sealed class FieldOrder(FieldNames names, int maxNames)
{
    /// <summary>Bytes from one value to the next that are compared at once; a longer way is looked up each time.</summary>
    private const int Width = 32;

    // The first entries stand for the start of a record, and for a name that is not remembered: what may follow the one is no
    // guess for the other, because a comma stands between. Neither follows anything, and so 0 is none.
    private const int Start = 0;
    private const int Unknown = 1;
    private const int FirstName = 2;
    private const int None = 0;

    private readonly byte[] _texts = new byte[maxNames * Width];
    private readonly Entry[] _entries = new Entry[maxNames];
    private readonly short[] _table = new short[maxNames * 4];
    private int _count = FirstName;
    private int _before;

    /// <summary>Starts a record.</summary>
    public void Begin() => _before = Start;

    /// <summary>
    /// Reads the way from a value's end to the next value, if it is the one that was taken before. Returns its length in bytes, 0
    /// when it is another.
    /// </summary>
    /// <param name="text">The bytes.</param>
    /// <param name="at">Offset behind the value, or behind the brace that opens the record.</param>
    /// <param name="field">The name's place in the list, or −1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Guess(ReadOnlySpan<byte> text, int at, out int field)
    {
        int next = _entries[_before].Next;
        ref Entry entry = ref _entries[next];
        field = entry.Field;
        if (next == None || text.Length - at < Width || (Equal(text, at, next) & entry.Mask) != entry.Mask)
        {
            return 0;
        }

        _before = next;
        return BitOperations.PopCount(entry.Mask);
    }

    /// <summary>
    /// Looks a name up that was not guessed, and remembers that it follows the one before; returns its place in the list, or −1.
    /// </summary>
    /// <param name="text">The bytes.</param>
    /// <param name="at">Offset behind the value before.</param>
    /// <param name="name">The name, without its quotes.</param>
    /// <param name="end">Offset of its value.</param>
    public int Learn(ReadOnlySpan<byte> text, int at, FieldSpan name, int end)
    {
        int length = end - at;
        if (name.Length == 0 || length > Width || text.Length - at < Width)
        {
            _before = Unknown;
            return names.Find(name.Of(text));
        }

        uint mask = uint.MaxValue >> (Width - length);
        int slot = (int)((uint)FieldNames.Hash(name.Of(text)) % (uint)_table.Length);
        while (_table[slot] is var known and not None)
        {
            if (_entries[known].Mask == mask && (Equal(text, at, known) & mask) == mask)
            {
                return Follow(known);
            }

            slot = (slot + 1) % _table.Length;
        }

        return Add(text.Slice(at, length), mask, slot, names.Find(name.Of(text)));
    }

    private int Add(ReadOnlySpan<byte> text, uint mask, int slot, int field)
    {
        if (_count == maxNames)
        {
            Array.Clear(_entries);
            Array.Clear(_table);
            _count = FirstName;
            _before = Unknown;
            return field;
        }

        _table[slot] = (short)_count;
        _entries[_count] = new() { Mask = mask, Field = (short)field };
        text.CopyTo(_texts.AsSpan(_count * Width));
        return Follow(_count++);
    }

    private int Follow(int entry)
    {
        _entries[_before].Next = (short)entry;
        _before = entry;
        return _entries[entry].Field;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Equal(ReadOnlySpan<byte> text, int at, int entry) => Vector256.Equals(
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at),
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_texts), (nuint)(entry * Width))).ExtractMostSignificantBits();

    private struct Entry
    {
        /// <summary>One bit a byte of the way to the value.</summary>
        public uint Mask;

        /// <summary>The name's place in the list, or −1.</summary>
        public short Field;

        /// <summary>The entry of the name that followed it last.</summary>
        public short Next;
    }
}
