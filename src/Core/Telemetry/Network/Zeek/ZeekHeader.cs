using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>What the header lines of a Zeek TSV log say: its path, its separators, and the place of each column.</summary>
internal sealed class ZeekHeader
{
    /// <summary>What <see cref="Columns"/> holds for a column that is not read.</summary>
    public const int NotRead = -1;

    /// <summary>The log's name: conn, ssl …; null when the header does not say.</summary>
    public string? Path { get; set; }

    /// <summary>The byte between columns.</summary>
    public byte Separator { get; set; } = (byte)'\t';

    /// <summary>What stands for a field without a value.</summary>
    public byte[] Unset { get; set; } = "-"u8.ToArray();

    /// <summary>What stands for an empty set or string.</summary>
    public byte[] Empty { get; set; } = "(empty)"u8.ToArray();

    /// <summary>For each column, the <see cref="ZeekField"/> it holds or <see cref="NotRead"/>; empty before <c>#fields</c>.</summary>
    public sbyte[] Columns { get; private set; } = [];

    /// <summary>The kind of log, by its path or else by its columns.</summary>
    public ZeekLog Log { get; private set; } = ZeekLog.Other;

    /// <summary>Reads the names of a <c>#fields</c> line.</summary>
    public void SetColumns(ReadOnlySpan<byte> names)
    {
        List<sbyte> columns = [];
        foreach (Range range in names.Split(Separator))
        {
            int place = ZeekFields.Names.Find(names[range]);
            columns.Add((sbyte)(place >= 0 ? place : ZeekFields.Joined.Find(names[range])));
        }

        Columns = [.. columns];
        Log = Path is not null ? ZeekLogs.ByPath(Encoding.UTF8.GetBytes(Path))
            : ZeekLogs.ByFields(columns.Where(column => column != NotRead).Aggregate(0UL, (present, column) => present | (1UL << column)));
    }
}

/// <summary>Cuts a line of separated values into its columns, a vector of bytes at a time.</summary>
internal static class ZeekColumns
{
    private const int Block = 64;

    /// <summary>Where <see cref="Find"/> puts each field: in the order of <see cref="ZeekField"/>.</summary>
    public static readonly int[] Places = [.. Enum.GetValues<ZeekField>().Select(field => (int)field)];

    /// <summary>Finds the columns that are read; returns how many columns the line has.</summary>
    /// <param name="line">The line.</param>
    /// <param name="header">What its log's header says.</param>
    /// <param name="fields">The fields, by <see cref="ZeekField"/>; cleared here.</param>
    public static int Find(ReadOnlySpan<byte> line, ZeekHeader header, Span<FieldSpan> fields)
    {
        fields.Clear();
        int column = 0;
        int start = 0;
        for (int at = 0; at < line.Length; at += Block)
        {
            for (ulong separators = Separators(line, at, header.Separator); separators != 0; separators &= separators - 1)
            {
                int end = at + BitOperations.TrailingZeroCount(separators);
                Take(line, start, end, column++, header, fields);
                start = end + 1;
            }
        }

        Take(line, start, line.Length, column++, header, fields);
        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ReadOnlySpan<byte> line, int start, int end, int column, ZeekHeader header, Span<FieldSpan> fields)
    {
        sbyte[] columns = header.Columns;
        if ((uint)column >= (uint)columns.Length || columns[column] == ZeekHeader.NotRead)
        {
            return;
        }

        ReadOnlySpan<byte> value = line[start..end];
        if (!value.SequenceEqual(header.Unset) && !value.SequenceEqual(header.Empty))
        {
            fields[columns[column]] = new(start, end - start, FieldForm.Plain);
        }
    }

    /// <summary>Where separators stand among the 64 bytes from an offset on, bit 0 for the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Separators(ReadOnlySpan<byte> line, int at, byte separator)
    {
        int beyond = at + Block - line.Length;
        if (beyond <= 0)
        {
            return Matches(line, at, separator);
        }

        // Of the last bytes, those read twice are shifted out.
        return line.Length >= Block ? Matches(line, at - beyond, separator) >> beyond : Few(line[at..], separator);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Matches(ReadOnlySpan<byte> line, int at, byte separator)
    {
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(line), at);
        Vector256<byte> wanted = Vector256.Create(separator);
        Vector256<byte> low = Vector256.LoadUnsafe(ref first);
        Vector256<byte> high = Vector256.LoadUnsafe(ref first, (nuint)Vector256<byte>.Count);
        return Vector256.Equals(low, wanted).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32);
    }

    private static ulong Few(ReadOnlySpan<byte> bytes, byte separator)
    {
        ulong matches = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            matches |= bytes[index] == separator ? 1UL << index : 0;
        }

        return matches;
    }
}
