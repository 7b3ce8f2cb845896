using System.Buffers;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// <c>esxcli network ip connection list</c> as text: the table, whose columns are cut by the width that its line of dashes gives,
/// and the csv and keyvalue formatters, under the collector's line or without it.
/// </summary>
internal static class EsxcliText
{
    private const string NoColumns = "esxcli connection row before the header of its listing: the columns are not known.";

    /// <summary>Runs of dashes that make a header's underline.</summary>
    private const int MinRuns = 5;

    /// <summary>Separators of a CSV row with its nine fields.</summary>
    private const int RowCommas = 8;

    /// <summary>
    /// A comma, and what the value before the first one, the congestion control's name, does not hold: log lines and JSON have commas too.
    /// </summary>
    private static readonly SearchValues<byte> EndsFirst = SearchValues.Create(", <>{}=\t"u8);

    private static ReadOnlySpan<byte> Collector => "# esxcli "u8;

    private static ReadOnlySpan<byte> Keyed => "IpConnection["u8;

    /// <summary>The line is part of a listing.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) => Of(line) != Part.None;

    /// <summary>Reads a line of a listing in any formatter's form, XML among them; false where it is none.</summary>
    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        bool isText = Fits(line), isXml = !isText && context.OpenEntry is null && EsxcliXml.Fits(line);
        result = isText ? Normalize(line, context) : isXml ? EsxcliXml.Normalize(line, context) : default;
        return isText || isXml;
    }

    /// <summary>Reads one line.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> line, RecordContext context)
    {
        EsxcliListing listing = context.Of(EsxiState.State).Listing;
        switch (Of(line))
        {
            case Part.Collector:
                listing.Begin();
                if (EsxcliEnvelope.ReadLine(line[Collector.Length..], listing) is { } fault)
                {
                    return RecordResult.DeadLettered(SourceNames.Esxcli, fault);
                }

                break;
            case Part.Header:
                listing.Columns = EsxcliColumns.OfTable(line);
                listing.IsCsv = false;
                break;
            case Part.Dashes:
                EsxcliColumns.Align(line, listing);
                break;
            case Part.CsvHeader:
                listing.Columns = EsxcliColumns.OfCsv(line);
                listing.IsCsv = true;
                break;
            case Part.Keyed:
                return EsxcliKeyed.Read(line[Keyed.Length..], listing, context);
            case Part.Row or Part.CsvRow when listing.Columns.Length == 0:
                return RecordResult.DeadLettered(SourceNames.Esxcli, NoColumns);
            default:
                EsxcliColumns.Fill(line, listing);
                RecordResult result = EsxcliConnection.Read(listing.Row, listing.Host, listing.Time, context);
                listing.Row.Clear();
                return result;
        }

        return RecordResult.Skipped(SourceNames.Esxcli);
    }

    private static Part Of(ReadOnlySpan<byte> line) => line.IsEmpty ? Part.None : line[0] switch
    {
        (byte)'#' => line.StartsWith(Collector) ? Part.Collector : Part.None,
        (byte)'P' => line.StartsWith("Proto "u8) && line.IndexOf("Foreign Address"u8) > 0 ? Part.Header : Part.None,
        (byte)'-' => IsDashes(line) ? Part.Dashes : Part.None,
        (byte)'I' when line.StartsWith(Keyed) => Part.Keyed,
        (byte)'t' or (byte)'u' when IsRow(line) => Part.Row,
        _ => Csv(line),
    };

    private static bool IsDashes(ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAnyExcept((byte)'-', (byte)' ') >= 0)
        {
            return false;
        }

        return line.Count(" -"u8) >= MinRuns - 1;
    }

    /// <summary><c>tcp</c> or <c>udp</c>, a number, another.</summary>
    private static bool IsRow(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<byte> word = EsxiText.Token(ref rest);
        word = word is [.., (byte)'6'] ? word[..^1] : word;
        bool named = word.SequenceEqual("tcp"u8) || word.SequenceEqual("udp"u8);
        return named && IsNumber(EsxiText.Token(ref rest)) && IsNumber(EsxiText.Token(ref rest)) && rest.IndexOf((byte)':') > 0;
    }

    private static bool IsNumber(ReadOnlySpan<byte> word) => !word.IsEmpty && word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static Part Csv(ReadOnlySpan<byte> line)
    {
        int first = line.IndexOfAny(EndsFirst);
        if (first < 0 || line[first] != (byte)',' || line.Count((byte)',') < RowCommas)
        {
            return Part.None;
        }

        return EsxcliFields.Of(line[..first]) is not null && line.IndexOf("ForeignAddress"u8) >= 0 ? Part.CsvHeader
            : Holds(line, "tcp"u8) || Holds(line, "udp"u8) ? Part.CsvRow
            : Part.None;
    }

    /// <summary>Whether one of the separated values is a word.</summary>
    private static bool Holds(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        while (line.IndexOf(word) is >= 0 and var at)
        {
            ReadOnlySpan<byte> after = line[(at + word.Length)..];
            bool starts = at == 0 || line[at - 1] is (byte)',' or (byte)'"';
            if (starts && (after.IsEmpty || after[0] is (byte)',' or (byte)'"'))
            {
                return true;
            }

            line = after;
        }

        return false;
    }

    private enum Part
    {
        None,
        Collector,
        Header,
        Dashes,
        Row,
        CsvHeader,
        CsvRow,
        Keyed,
    }
}
