namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Columns of a listing as text: which field stands where.</summary>
internal static class EsxcliColumns
{
    /// <summary>Columns that are looked at; the listing has nine.</summary>
    private const int MaxColumns = 32;

    /// <summary>The columns of a table's header, two blanks or more apart.</summary>
    public static EsxcliColumn[] OfTable(ReadOnlySpan<byte> header)
    {
        List<EsxcliColumn> columns = [];
        int at = 0;
        while (at < header.Length && columns.Count < MaxColumns)
        {
            int gap = header[at..].IndexOf("  "u8);
            int end = gap < 0 ? header.Length : at + gap;
            columns.Add(new(EsxcliFields.Of(header[at..end]), at));
            int next = header[end..].IndexOfAnyExcept((byte)' ');
            at = next < 0 ? header.Length : end + next;
        }

        return [.. columns];
    }

    /// <summary>The columns of a CSV header; a comma may stand behind the last.</summary>
    public static EsxcliColumn[] OfCsv(ReadOnlySpan<byte> header)
    {
        List<EsxcliColumn> columns = [];
        foreach (Range name in header.Split((byte)','))
        {
            if (columns.Count < MaxColumns)
            {
                columns.Add(new(EsxcliFields.Of(header[name]), 0));
            }
        }

        return [.. columns];
    }

    /// <summary>Moves the columns to where the line of dashes has them: a value may be wider than its name, and hold blanks.</summary>
    public static void Align(ReadOnlySpan<byte> dashes, EsxcliListing listing)
    {
        int at = 0;
        for (int column = 0; column < listing.Columns.Length && at < dashes.Length; column++)
        {
            listing.Columns[column] = listing.Columns[column] with { Start = at };
            int gap = dashes[at..].IndexOf((byte)' ');
            int next = gap < 0 ? -1 : dashes[(at + gap)..].IndexOf((byte)'-');
            at = next < 0 ? dashes.Length : at + gap + next;
        }
    }

    /// <summary>Fills the listing's row from a line of its columns.</summary>
    public static void Fill(ReadOnlySpan<byte> line, EsxcliListing listing)
    {
        listing.Row.Clear();
        EsxcliColumn[] columns = listing.Columns;
        if (listing.IsCsv)
        {
            int place = 0;
            foreach (Range cell in line.Split((byte)','))
            {
                if (place < columns.Length && columns[place].Field is { } field)
                {
                    listing.Row.Set(field, line[cell].Trim((byte)'"'));
                }

                place++;
            }

            return;
        }

        for (int place = 0; place < columns.Length; place++)
        {
            int start = Math.Min(columns[place].Start, line.Length);
            int end = place + 1 < columns.Length ? Math.Min(columns[place + 1].Start, line.Length) : line.Length;
            if (columns[place].Field is { } field && start <= end)
            {
                listing.Row.Set(field, line[start..end]);
            }
        }
    }
}
