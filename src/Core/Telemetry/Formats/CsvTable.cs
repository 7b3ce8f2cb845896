using System.Buffers;
using System.Text;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>
/// A table as CSV (RFC 4180): a line of column names, then rows, whose quoted cells may hold line ends. Each row becomes an object
/// of JSON, by the names of its columns.
/// </summary>
/// <remarks>Portals write <c>TimeGenerated [UTC]</c> over times without a zone; the zone goes to the time.</remarks>
internal sealed class CsvTable
{
    private const int MinColumns = 4;
    private const int MinKnown = 3;
    private const int MaxNameBytes = 96;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.@#()[]/ "u8);

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. "\"\\"u8, .. Enumerable.Range(0, 0x20).Select(code => (byte)code)]);

    private readonly byte _separator;
    private readonly (byte[] Name, bool IsUtc)[] _columns;

    private CsvTable(byte separator, (byte[] Name, bool IsUtc)[] columns) => (_separator, _columns) = (separator, columns);

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    private static ReadOnlySpan<byte> Utc => " [UTC]"u8;

    /// <summary>Whether an input opens with the column names of a table that is read.</summary>
    public static bool IsAtStart(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith(Mark) ? head[Mark.Length..] : head;
        int end = head.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
        if (line.IsEmpty || line[0] is (byte)'{' or (byte)'[' or (byte)'<' or (byte)'#' || Of(line) is not { } table
            || table._columns.Length < MinColumns)
        {
            return false;
        }

        int known = 0;
        foreach ((byte[] name, _) in table._columns)
        {
            if (name.AsSpan().IndexOfAnyExcept(NameBytes) >= 0 || name.Length > MaxNameBytes)
            {
                return false;
            }

            known += FormatTable.Index.Names.Find(name) >= 0 ? 1 : 0;
        }

        return known >= MinKnown && !IsOtherLine(line);
    }

    /// <summary>The table that a line of column names opens; null when nothing separates them.</summary>
    public static CsvTable? Of(ReadOnlySpan<byte> line)
    {
        line = (line.StartsWith(Mark) ? line[Mark.Length..] : line).TrimEnd("\r\n"u8);
        byte separator = line.Contains((byte)'\t') ? (byte)'\t' : line.Contains((byte)',') ? (byte)',' : (byte)';';
        if (!line.Contains(separator))
        {
            return null;
        }

        List<(byte[] Name, bool IsUtc)> columns = [];
        ArrayBufferWriter<byte> cell = new();
        for (int at = 0; at <= line.Length;)
        {
            cell.ResetWrittenCount();
            at = Cell(line, at, separator, cell);
            ReadOnlySpan<byte> name = cell.WrittenSpan.Trim((byte)' ');
            bool isUtc = name.EndsWith(Utc);
            columns.Add(((isUtc ? name[..^Utc.Length] : name).ToArray(), isUtc));
        }

        return new(separator, [.. columns]);
    }

    /// <summary>Length of the row that opens here, its line end included; 0 when its end is not in the buffer.</summary>
    public static int Row(ReadOnlySpan<byte> buffer, bool final)
    {
        bool isQuoted = false;
        for (int at = 0; at < buffer.Length;)
        {
            int next = buffer[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0)
            {
                break;
            }

            at += next + 1;
            if (buffer[at - 1] == (byte)'"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted)
            {
                return at;
            }
        }

        return final ? buffer.Length : 0;
    }

    /// <summary>Writes a row as an object; cells that are empty are left out. Returns why it is none, or null.</summary>
    public string? Write(ReadOnlySpan<byte> row, ArrayBufferWriter<byte> plain)
    {
        ArrayBufferWriter<byte> cell = new();
        plain.Write("{"u8);
        int column = 0;
        for (int at = 0; at <= row.Length; column++)
        {
            cell.ResetWrittenCount();
            at = Cell(row, at, _separator, cell);
            if (column >= _columns.Length || cell.WrittenCount == 0 || _columns[column].Name.Length == 0)
            {
                continue;
            }

            plain.Write(plain.WrittenCount == 1 ? "\""u8 : ",\""u8);
            plain.Write(_columns[column].Name);
            plain.Write("\":\""u8);
            Escape(cell.WrittenSpan, plain);
            bool isBareTime = _columns[column].IsUtc && !cell.WrittenSpan.EndsWith("Z"u8) && !cell.WrittenSpan.EndsWith("UTC"u8);
            plain.Write(isBareTime ? " UTC\""u8 : "\""u8);
        }

        plain.Write("}"u8);
        return column == _columns.Length ? null : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Row of a table with {column} columns where its header names {_columns.Length}.");
    }

    private static bool IsOtherLine(ReadOnlySpan<byte> line)
    {
        foreach (LineFormat format in FormatTable.Lines)
        {
            if (format.Fits?.Invoke(line) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the cell at an offset, its quotes undone; returns the offset of the next, beyond the row after the last.</summary>
    private static int Cell(ReadOnlySpan<byte> row, int at, byte separator, ArrayBufferWriter<byte> cell)
    {
        bool isQuoted = at < row.Length && row[at] == (byte)'"';
        if (!isQuoted)
        {
            int plain = row[at..].IndexOf(separator);
            int end = plain < 0 ? row.Length : at + plain;
            cell.Write(row[at..end]);
            return end + 1;
        }

        at++;
        while (row[Math.Min(at, row.Length)..].IndexOf((byte)'"') is >= 0 and var quote)
        {
            cell.Write(row.Slice(at, quote));
            at += quote + 1;
            if (at == row.Length || row[at] != (byte)'"')
            {
                break;
            }

            cell.Write("\""u8);
            at++;
        }

        // What stands behind the closing quote is no part of it.
        at = Math.Min(at, row.Length);
        int rest = row[at..].IndexOf(separator);
        return rest < 0 ? row.Length + 1 : at + rest + 1;
    }

    private static void Escape(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> plain)
    {
        while (text.IndexOfAny(Escaped) is >= 0 and var at)
        {
            plain.Write(text[..at]);
            plain.Write(Encoding.ASCII.GetBytes(text[at] switch
            {
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                (byte)'\t' => "\\t",
                var code => $"\\u{code:x4}",
            }));
            text = text[(at + 1)..];
        }

        plain.Write(text);
    }
}
