using System.Text;

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
