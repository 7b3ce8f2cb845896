using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

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
        return Vector256.Equals(Vector256.LoadUnsafe(ref first), wanted).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)Vector256<byte>.Count), wanted).ExtractMostSignificantBits() << 32);
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
